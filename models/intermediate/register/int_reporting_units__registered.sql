-- The register of the collection years, and of the year after the newest, which
-- is not collected yet (R17).
-- One row per year and reporting unit.

with

collection_years as (

    select * from {{ ref('stg_collection_years') }}

),

municipalities as (

    select * from {{ ref('municipalities') }}

),

districts as (

    select * from {{ ref('districts') }}
    where is_reporting_unit

),

years as (

    select
        year,
        true as is_collected
    from collection_years
    union all
    select
        max(year) + 1 as year,
        false as is_collected
    from collection_years

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
        end as unit_kind,
        years.is_collected
    from years
    inner join municipalities
        on
            -- R17: every municipality in force that year has to answer.
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
        'district' as unit_kind,
        years.is_collected
    from years
    inner join districts
        on
            years.year >= districts.first_year
            and years.year <= coalesce(districts.last_year, years.year)

),

final as (

    -- R17: Oslo as its districts and one city-wide unit.
    select * from municipal_units
    union all
    select * from district_units

)

select * from final
