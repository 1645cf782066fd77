-- The KOSTRA group that a unit is compared within (R16, R23).
-- One row per year and reporting unit.

with

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

correspondence as (

    select * from {{ ref('municipality_correspondence') }}

),

municipalities as (

    select * from {{ ref('int_municipalities__inhabitants_and_groups') }}

),

final as (

    -- A municipality that was split later belongs where most of it went.
    select
        reporting_units.year,
        reporting_units.reporting_unit_code,
        years.series_code,
        reporting_units.population,
        municipalities.kostra_group_code
    from reporting_units
    inner join years
        on reporting_units.year = years.year
    left join correspondence
        on
            years.structure_year = correspondence.structure_year
            and reporting_units.municipality_code
            = correspondence.municipality_code
    left join municipalities
        on
            reporting_units.year = municipalities.year
            and correspondence.structure_municipality_code
            = municipalities.municipality_code
    qualify
        row_number() over (
            partition by
                reporting_units.year, reporting_units.reporting_unit_code
            order by
                correspondence.share desc,
                correspondence.structure_municipality_code asc
        ) = 1

)

select * from final
