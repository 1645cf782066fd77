-- A unit's figures beside last year's and its group's, as they are printed.
-- One row per year, reporting unit, target group, breakdown and category.

with

figures as (

    select * from {{ ref('fct_unit_figure') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

final as (

    select
        figures.year,
        figures.reporting_unit_code,
        figures.target_group,
        figures.breakdown,
        figures.category_nb,
        figures.category_en,
        {{ rounded_figure("figures.fte", 2) }} as fte,
        {{ rounded_figure("figures.fte_before", 2) }} as fte_before,
        {{ rounded_figure("figures.change_fte", 2) }} as change_fte,
        figures.per_1000,
        regions.name_nb as comparison_name_nb,
        regions.name_en as comparison_name_en,
        figures.comparison_per_1000,
        row_number() over (
            partition by
                figures.year, figures.reporting_unit_code, figures.target_group
            order by
                case figures.breakdown
                    when 'service' then 1
                    when 'education' then 2
                    else 3
                end,
                figures.sort_order
        ) as sort_order
    from figures
    left join regions
        on
            figures.comparison_region_level = regions.region_level
            and figures.comparison_region_code = regions.region_code

)

select * from final
