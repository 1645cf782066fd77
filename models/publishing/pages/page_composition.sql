-- What a region's person-years are made of in its newest year.
-- One row per region, breakdown and category.

with

composition as (

    select * from {{ ref('fct_composition') }}

),

newest_years as (

    select * from {{ ref('page_newest_years') }}

),

final as (

    select
        composition.year,
        composition.region_key,
        composition.breakdown,
        composition.category_code,
        composition.category_nb,
        composition.category_en,
        composition.sort_order,
        -- Not told apart: only where somebody is.
        composition.category_code = 'cde'
        and composition.fte = 0 as is_left_out,
        {{ rounded_figure("composition.fte", 1) }} as fte,
        {{ rounded_figure("composition.fte_adults", 1) }} as fte_adults,
        {{ rounded_figure("composition.fte_children_youth", 1) }}
            as fte_children_youth,
        composition.share_pct_one_decimal as share_pct,
        composition.share_adults_pct_one_decimal as share_adults_pct,
        composition.share_children_youth_pct_one_decimal
            as share_children_youth_pct
    from composition
    inner join newest_years
        on
            composition.region_key = newest_years.region_key
            and composition.year = newest_years.year

)

select * from final
