-- The published measures of a unit that is a region of its own, beside the year
-- before and what it is compared with: its group, or a district's city.
-- One row per year, reporting unit and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

units as (

    select
        year,
        reporting_unit_code,
        min(municipality_code) as municipality_code
    from responses
    group by year, reporting_unit_code

),

final as (

    select
        indicator.year,
        units.reporting_unit_code,
        measures.name_nb,
        measures.name_en,
        measures.sort_order,
        indicator.per_1000,
        year_before.per_1000 as per_1000_before,
        indicator.not_displayed_reason_nb as reason_nb,
        indicator.not_displayed_reason_en as reason_en,
        indicator.region_name,
        regions.name_nb as comparison_name_nb,
        regions.name_en as comparison_name_en,
        comparison.per_1000 as comparison_per_1000
    from indicator
    inner join units
        on
            indicator.year = units.year
            and indicator.region_code = units.reporting_unit_code
    inner join measures
        on
            indicator.series_code = measures.series_code
            and indicator.measure_code = measures.measure_code
    left join indicator as year_before
        on
            indicator.series_code = year_before.series_code
            and indicator.year - 1 = year_before.year
            and indicator.region_key = year_before.region_key
            and indicator.measure_code = year_before.measure_code
    left join indicator as comparison
        on
            indicator.series_code = comparison.series_code
            and indicator.year = comparison.year
            and indicator.measure_code = comparison.measure_code
            and comparison.region_level
            = coalesce(indicator.comparison_region_level, 'municipality')
            and comparison.region_code
            = coalesce(
                indicator.comparison_region_code, units.municipality_code
            )
    left join regions
        on comparison.region_key = regions.region_key
    where indicator.region_level in ('municipality', 'district')

)

select * from final
