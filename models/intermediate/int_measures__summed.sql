-- Person-years by measure, before anything is divided or hidden (R8, R9, R13).
-- One row per year, region and measure of the year's series.

with

regions as (

    select * from {{ ref('int_regions__years') }}

),

measures as (

    select * from {{ ref('measures') }}

),

measure_categories as (

    select * from {{ ref('measure_categories') }}

),

fte as (

    select * from {{ ref('fct_fte') }}

),

cells as (

    select * from {{ ref('int_responses__cells') }}

),

decided as (

    select * from {{ ref('int_responses__decided') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units') }}

),

not_told_apart as (

    select
        series_code,
        measure_code,
        education_code
    from measure_categories
    where role = 'not_told_apart'

),

parts_not_told_apart as (

    select
        cells.year,
        cells.reporting_unit_code,
        cells.target_group,
        not_told_apart.measure_code
    from cells
    inner join not_told_apart
        on cells.education_code = not_told_apart.education_code
    where cells.fte > 0
    group by
        cells.year,
        cells.reporting_unit_code,
        cells.target_group,
        not_told_apart.measure_code

),

parts_with_a_value as (

    select
        year,
        reporting_unit_code,
        target_group
    from decided
    where status != 'missing'

),

measures_not_told_apart as (

    select measure_code
    from not_told_apart
    group by measure_code

),

told_apart as (

    -- Regions in which at least one part of a unit knows the measure.
    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        measures_not_told_apart.measure_code
    from units_of_regions
    inner join parts_with_a_value
        on
            units_of_regions.year = parts_with_a_value.year
            and units_of_regions.reporting_unit_code
            = parts_with_a_value.reporting_unit_code
    cross join measures_not_told_apart
    left join parts_not_told_apart
        on
            units_of_regions.year = parts_not_told_apart.year
            and units_of_regions.reporting_unit_code
            = parts_not_told_apart.reporting_unit_code
            and parts_with_a_value.target_group
            = parts_not_told_apart.target_group
            and measures_not_told_apart.measure_code
            = parts_not_told_apart.measure_code
    where parts_not_told_apart.reporting_unit_code is null
    group by
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        measures_not_told_apart.measure_code

),

by_education as (

    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        education_code,
        sum(fte) as fte,
        sum(fte_imputed) as fte_imputed
    from fte
    group by
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        education_code

),

sums as (

    select
        by_education.year,
        by_education.region_level,
        by_education.region_code,
        measure_categories.measure_code,
        sum(
            case
                when measure_categories.role = 'counted' then by_education.fte
                else 0
            end
        ) as fte,
        sum(
            case
                when measure_categories.role = 'counted'
                    then by_education.fte_imputed
                else 0
            end
        ) as fte_imputed,
        bool_or(
            measure_categories.role = 'not_told_apart'
            and by_education.fte > 0
        ) as has_fte_not_told_apart
    from by_education
    inner join measure_categories
        on
            by_education.series_code = measure_categories.series_code
            and by_education.education_code
            = measure_categories.education_code
    group by
        by_education.year,
        by_education.region_level,
        by_education.region_code,
        measure_categories.measure_code

),

own as (

    select
        year,
        region_level,
        region_code,
        sum(case when target_group = 'adults' then fte else 0 end)
            as fte_adults,
        sum(case when target_group = 'children_youth' then fte else 0 end)
            as fte_children_youth
    from by_education
    group by year, region_level, region_code

),

final as (

    select
        regions.series_code,
        regions.year,
        regions.region_level,
        regions.region_code,
        measures.measure_code,
        coalesce(sums.fte, 0) as fte,
        coalesce(sums.fte_imputed, 0) as fte_imputed,
        coalesce(sums.has_fte_not_told_apart, false) as has_fte_not_told_apart,
        told_apart.measure_code is not null as is_known_of_any_part,
        coalesce(own.fte_adults, 0) as fte_adults,
        coalesce(own.fte_children_youth, 0) as fte_children_youth
    from regions
    inner join measures
        on regions.series_code = measures.series_code
    left join sums
        on
            regions.year = sums.year
            and regions.region_level = sums.region_level
            and regions.region_code = sums.region_code
            and measures.measure_code = sums.measure_code
    left join told_apart
        on
            regions.year = told_apart.year
            and regions.region_level = told_apart.region_level
            and regions.region_code = told_apart.region_code
            and measures.measure_code = told_apart.measure_code
    left join own
        on
            regions.year = own.year
            and regions.region_level = own.region_level
            and regions.region_code = own.region_code

)

select * from final
