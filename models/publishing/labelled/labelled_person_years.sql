{{ config(alias='person_years') }}
-- Person-years with every code in words.
-- One row per series, year, region, target group, service and education.

with

person_years as (

    select * from {{ ref('fct_fte') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

services as (

    select * from {{ ref('dim_service') }}

),

education as (

    select * from {{ ref('dim_education') }}

),

final as (

    select
        person_years.series_code,
        series.name_nb as series_nb,
        series.name_en as series_en,
        person_years.year,
        person_years.region_level,
        person_years.region_code,
        regions.name_nb as region_nb,
        regions.name_en as region_en,
        person_years.target_group,
        target_groups.name_nb as target_group_nb,
        target_groups.name_en as target_group_en,
        person_years.service_code,
        services.name_nb as service_nb,
        services.name_en as service_en,
        person_years.education_code,
        education.name_nb as education_nb,
        education.name_en as education_en,
        person_years.fte,
        person_years.fte_imputed,
        years.is_break,
        years.is_reconstruction,
        years.provenance_nb,
        years.provenance_en
    from person_years
    inner join years
        on person_years.year = years.year
    inner join series
        on person_years.series_code = series.series_code
    inner join regions
        on person_years.region_key = regions.region_key
    inner join target_groups
        on person_years.target_group = target_groups.target_group
    inner join services
        on person_years.service_code = services.service_code
    inner join education
        on person_years.education_code = education.education_code

)

select * from final
