-- Which reporting units a region is made of, and with what share (R13, R15).
-- One row per year, region and reporting unit.

with

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

final as (

    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        regions.region_key,
        units_of_regions.reporting_unit_code,
        units_of_regions.share,
        units_of_regions.is_estimated
    from units_of_regions
    left join regions
        on
            units_of_regions.region_level = regions.region_level
            and units_of_regions.region_code = regions.region_code

)

select * from final
