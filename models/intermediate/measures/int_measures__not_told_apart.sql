-- Measures that a region knows although some person-years are not told apart.
-- One row per year, region and measure.

with

measure_categories as (

    select * from {{ ref('measure_categories') }}

),

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}

),

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}

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
    from responses
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

)

select * from told_apart
