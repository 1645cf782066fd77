-- Person-years and inhabitants of those that answered, region by region (R26).
-- One row per year, region (country and counties), measure and target group.

with

weights as (

    select * from {{ ref('int_respondents__weights') }}
    where weight > 0

),

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}
    where not is_carried

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}
    where region_level in ('country', 'county')

),

measure_categories as (

    select * from {{ ref('measure_categories') }}
    where role = 'counted'

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

measures as (

    select * from {{ ref('measures') }}

),

inhabitants as (

    select
        weights.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        weights.target_group,
        sum(
            cast(weights.population as decimal(28, 8))
            * weights.weight
            * units_of_regions.share
        ) as population
    from weights
    inner join units_of_regions
        on
            weights.year = units_of_regions.year
            and weights.reporting_unit_code
            = units_of_regions.reporting_unit_code
    group by
        weights.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        weights.target_group

),

by_unit_and_measure as (

    select
        cells.year,
        cells.reporting_unit_code,
        cells.target_group,
        measure_categories.measure_code,
        sum(cells.fte) as fte
    from cells
    inner join years
        on cells.year = years.year
    inner join measure_categories
        on
            years.series_code = measure_categories.series_code
            and cells.education_code = measure_categories.education_code
    group by
        cells.year,
        cells.reporting_unit_code,
        cells.target_group,
        measure_categories.measure_code

),

person_years as (

    select
        weights.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        by_unit_and_measure.measure_code,
        weights.target_group,
        sum(
            cast(by_unit_and_measure.fte as decimal(20, 8))
            * weights.weight
            * units_of_regions.share
        ) as fte
    from weights
    inner join units_of_regions
        on
            weights.year = units_of_regions.year
            and weights.reporting_unit_code
            = units_of_regions.reporting_unit_code
    inner join by_unit_and_measure
        on
            weights.year = by_unit_and_measure.year
            and weights.reporting_unit_code
            = by_unit_and_measure.reporting_unit_code
            and weights.target_group = by_unit_and_measure.target_group
    group by
        weights.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        by_unit_and_measure.measure_code,
        weights.target_group

),

final as (

    select
        inhabitants.year,
        inhabitants.region_level,
        inhabitants.region_code,
        measures.measure_code,
        inhabitants.target_group,
        cast(coalesce(person_years.fte, 0) as decimal(28, 8)) as fte,
        cast(inhabitants.population as decimal(18, 4)) as population
    from inhabitants
    inner join years
        on inhabitants.year = years.year
    inner join measures
        on years.series_code = measures.series_code
    left join person_years
        on
            inhabitants.year = person_years.year
            and inhabitants.region_level = person_years.region_level
            and inhabitants.region_code = person_years.region_code
            and inhabitants.target_group = person_years.target_group
            and measures.measure_code = person_years.measure_code

)

select * from final
