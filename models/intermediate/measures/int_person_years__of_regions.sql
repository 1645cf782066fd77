{{ config(materialized='table') }}
-- Person-years of every region, cell by cell (R13, R15).
-- One row per year, region, target group, service and education.

with

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

summed as (

    select
        cells.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        cells.target_group,
        cells.service_code,
        cells.education_code,
        -- R13, R15: the sum of what the borders of the series leave of each
        -- unit, carried-forward person-years included.
        {{ sum_of_shares("cells.fte", "units_of_regions.share") }} as fte,
        {{ sum_of_shares(
            "case when cells.is_carried then cells.fte end",
            "units_of_regions.share"
        ) }} as fte_imputed
    from cells
    inner join units_of_regions
        on
            cells.year = units_of_regions.year
            and cells.reporting_unit_code
            = units_of_regions.reporting_unit_code
    group by
        cells.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        cells.target_group,
        cells.service_code,
        cells.education_code

),

final as (

    select
        years.series_code,
        summed.*
    from summed
    left join years
        on summed.year = years.year

)

select * from final
