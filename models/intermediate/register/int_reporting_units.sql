-- The register with inhabitants: every unit that must answer in a year (R17).
-- One row per year and reporting unit.

with

units as (

    select * from {{ ref('int_reporting_units__registered') }}
    where is_collected

),

population as (

    select * from {{ ref('population') }}

),

district_population as (

    select * from {{ ref('district_population') }}

),

final as (

    select
        units.year,
        units.reporting_unit_code,
        units.reporting_unit_name,
        units.unit_kind,
        units.municipality_code,
        -- A city-wide unit has no inhabitants of its own: its districts have
        -- them. Its level is held against the whole city.
        case
            when units.unit_kind = 'city_wide' then 0
            else coalesce(district_population.population, population.population)
        end as population,
        coalesce(district_population.population, population.population)
            as ceiling_population
    from units
    left join population
        on
            units.year = population.year
            and units.reporting_unit_code = population.municipality_code
    left join district_population
        on
            units.year = district_population.year
            and units.reporting_unit_code = district_population.district_code

)

select * from final
