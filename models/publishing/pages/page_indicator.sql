-- The indicator as pages show it.
-- One row per series, year, region and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

final as (

    select
        series_code,
        year,
        region_key,
        region_level,
        measure_code,
        {{ rounded_figure("fte", 1) }} as fte,
        fte as fte_unrounded,
        population,
        per_1000,
        per_1000_one_decimal as rate,
        per_1000_unrounded,
        obs_status,
        is_displayed,
        not_displayed_reason_nb,
        not_displayed_reason_en,
        n_municipalities,
        comparison_region_level || ':' || comparison_region_code
            as comparison_key
    from indicator

)

select * from final
