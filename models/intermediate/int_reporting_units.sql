-- The register: every unit that must answer in a year (R17).
-- One row per year and reporting unit.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

municipalities as (

    select * from {{ ref('municipalities') }}

),

districts as (

    select * from {{ ref('districts') }}
    where is_reporting_unit

),

population as (

    select * from {{ ref('population') }}

),

district_population as (

    select * from {{ ref('district_population') }}

),

cities_with_districts as (

    select municipality_code
    from districts
    group by municipality_code

),

municipal_units as (

    select
        years.year,
        municipalities.municipality_code as reporting_unit_code,
        municipalities.municipality_name as reporting_unit_name,
        municipalities.municipality_code,
        case
            when cities_with_districts.municipality_code is null
                then 'municipality'
            else 'city_wide'
        end as unit_kind
    from years
    inner join municipalities
        on
            years.year >= municipalities.first_year
            and years.year <= coalesce(municipalities.last_year, years.year)
    left join cities_with_districts
        on
            municipalities.municipality_code
            = cities_with_districts.municipality_code

),

district_units as (

    select
        years.year,
        districts.district_code as reporting_unit_code,
        districts.district_name as reporting_unit_name,
        districts.municipality_code,
        'district' as unit_kind
    from years
    inner join districts
        on
            years.year >= districts.first_year
            and years.year <= coalesce(districts.last_year, years.year)

),

units as (

    select * from municipal_units
    union all
    select * from district_units

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
