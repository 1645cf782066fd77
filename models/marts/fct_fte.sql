-- Person-years by region, target group, service and education.
-- One row per series, year, region, target group, service and education.

with

cells as (

    select * from {{ ref('int_responses__cells') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

moved as (

    select
        cells.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        cells.target_group,
        cells.service_code,
        cells.education_code,
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
        moved.year,
        moved.region_level,
        moved.region_code,
        regions.region_key,
        regions.region_name,
        moved.target_group,
        moved.service_code,
        moved.education_code,
        moved.fte,
        moved.fte_imputed
    from moved
    left join years
        on moved.year = years.year
    left join regions
        on
            moved.region_level = regions.region_level
            and moved.region_code = regions.region_code

)

select * from final
