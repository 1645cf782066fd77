{{ config(materialized='table') }}
-- Which reporting units make up a region, and with what share (R13, R15).
-- One row per year, region and reporting unit.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

correspondence as (

    select * from {{ ref('municipality_correspondence') }}

),

regions as (

    select * from {{ ref('int_regions__municipalities') }}

),

through_municipalities as (

    select
        reporting_units.year,
        regions.region_level,
        regions.region_code,
        reporting_units.reporting_unit_code,
        -- R15: person-years go to the series' municipalities by these shares.
        cast(sum(correspondence.share) as decimal(9, 6)) as share,
        -- A region that holds all of a unit does not rest on the estimate of
        -- how the unit was split.
        bool_or(correspondence.is_estimated) and sum(correspondence.share) < 1
            as is_estimated
    from reporting_units
    inner join years
        on reporting_units.year = years.year
    inner join correspondence
        on
            years.structure_year = correspondence.structure_year
            and reporting_units.municipality_code
            = correspondence.municipality_code
    inner join regions
        on
            reporting_units.year = regions.year
            and correspondence.structure_municipality_code
            = regions.municipality_code
    group by
        reporting_units.year,
        regions.region_level,
        regions.region_code,
        reporting_units.reporting_unit_code

),

districts as (

    select
        year,
        'district' as region_level,
        reporting_unit_code as region_code,
        reporting_unit_code,
        cast(1 as decimal(9, 6)) as share,
        false as is_estimated
    from reporting_units
    where
        unit_kind = 'district'
        and year >= {{ var('districts_shown_from') }}

),

final as (

    select * from through_municipalities
    union all
    select * from districts

)

select * from final
