-- Person-years by region, target group, service and education.
-- One row per series, year, region, target group, service and education.

with

person_years as (

    select * from {{ ref('int_person_years__of_regions') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

final as (

    select
        person_years.series_code,
        person_years.year,
        person_years.region_level,
        person_years.region_code,
        regions.region_key,
        regions.region_name,
        person_years.target_group,
        person_years.service_code,
        person_years.education_code,
        person_years.fte,
        person_years.fte_imputed
    from person_years
    left join regions
        on
            person_years.region_level = regions.region_level
            and person_years.region_code = regions.region_code

)

select * from final
