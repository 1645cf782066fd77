-- Inhabitants of the units that answered a part, region by region (R26).
-- One row per year, region (country and counties) and target group.

with

regions as (

    select * from {{ ref('int_regions__years') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units') }}

),

decided as (

    select * from {{ ref('int_responses__decided') }}

),

target_groups as (

    select * from {{ ref('target_groups') }}

),

silent as (

    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        decided.target_group,
        sum(
            cast(decided.population as decimal(28, 8)) * units_of_regions.share
        ) as population
    from units_of_regions
    inner join decided
        on
            units_of_regions.year = decided.year
            and units_of_regions.reporting_unit_code
            = decided.reporting_unit_code
            and decided.status != 'reported'
    group by
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        decided.target_group

),

final as (

    select
        regions.year,
        regions.region_level,
        regions.region_code,
        target_groups.target_group,
        cast(
            regions.population - coalesce(silent.population, 0)
            as decimal(18, 4)
        ) as population
    from regions
    cross join target_groups
    left join silent
        on
            regions.year = silent.year
            and regions.region_level = silent.region_level
            and regions.region_code = silent.region_code
            and target_groups.target_group = silent.target_group
    where regions.region_level in ('country', 'county')

)

select * from final
