{{ config(alias='published_values') }}
-- The values that this build would publish, one a row.
-- One row per series, year, region, target group, measure and figure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

person_years as (

    select * from {{ ref('fct_fte') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

answers as (

    select * from {{ ref('fct_answer_share') }}

),

answer_shares as (

    select
        answers.*,
        years.series_code
    from answers
    inner join years
        on answers.year = years.year

),

long_form as (
    {{ published_values("indicator", "person_years", "answer_shares") }}
),

regions as (

    select * from {{ ref('dim_region') }}

),

final as (

    select
        long_form.value_key,
        long_form.part_key,
        long_form.series_code,
        long_form.year,
        long_form.region_level,
        long_form.region_code,
        regions.region_name,
        long_form.target_group,
        long_form.measure_code,
        long_form.category_code,
        long_form.figure_code,
        long_form.figure,
        long_form.population,
        long_form.obs_status
    from long_form
    left join regions
        on
            long_form.region_level = regions.region_level
            and long_form.region_code = regions.region_code

)

select * from final
