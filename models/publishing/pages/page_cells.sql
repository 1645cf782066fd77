-- The person-years of a municipality or district in its newest year, in words.
-- One row per region, target group, service and education.

with

person_years as (

    select * from {{ ref('fct_fte') }}

),

services as (

    select * from {{ ref('dim_service') }}

),

education as (

    select * from {{ ref('dim_education') }}

),

newest_years as (

    select * from {{ ref('page_newest_years') }}

),

final as (

    select
        person_years.region_key,
        person_years.year,
        person_years.target_group,
        services.name_nb as service_nb,
        services.name_en as service_en,
        person_years.education_code,
        education.name_nb as education_nb,
        education.name_en as education_en,
        {{ rounded_figure("person_years.fte", 4) }} as fte,
        person_years.fte_imputed > 0 as is_imputed,
        row_number() over (
            partition by person_years.region_key, person_years.target_group
            order by services.sort_order, education.sort_order
        ) as sort_order
    from person_years
    inner join services
        on person_years.service_code = services.service_code
    inner join education
        on person_years.education_code = education.education_code
    inner join newest_years
        on
            person_years.region_key = newest_years.region_key
            and person_years.year = newest_years.year
    where person_years.region_level in ('municipality', 'district')

)

select * from final
