-- The key figures as the report shows them, the rate beside each total.
-- One row per figure and year.

with

key_figures as (

    select * from {{ ref('fct_key_figure') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}

),

final as (

    select
        key_figures.year,
        key_figures.region_key,
        key_figures.region_level,
        key_figures.target_group,
        key_figures.part_nb,
        key_figures.part_en,
        key_figures.breakdown,
        key_figures.category_code,
        key_figures.category_nb,
        key_figures.category_en,
        -- Not told apart: only where somebody is.
        key_figures.category_code = 'cde'
        and key_figures.fte = 0 as is_left_out,
        {{ rounded_figure("key_figures.fte", 0) }} as fte,
        {{ rounded_figure("key_figures.change_fte", 0) }} as change_fte,
        key_figures.change_pct_one_decimal as change_pct,
        {{ rounded_figure("key_figures.share_pct", 1) }} as share_pct,
        indicator.per_1000_one_decimal as rate,
        key_figures.n_municipalities,
        regions.name_nb as region_nb,
        regions.name_en as region_en,
        row_number() over (
            partition by key_figures.year
            order by
                regions.sort_order,
                case key_figures.breakdown
                    when 'total' then 1
                    when 'service' then 2
                    else 3
                end,
                key_figures.sort_order,
                key_figures.figure_key
        ) as sort_order
    from key_figures
    inner join regions
        on key_figures.region_key = regions.region_key
    left join indicator
        on
            key_figures.year = indicator.year
            and key_figures.region_key = indicator.region_key
            and indicator.measure_code = 'total'
            and key_figures.target_group = 'all'
            and key_figures.breakdown = 'total'

)

select * from final
