{{ config(materialized='table') }}
-- Which published values differ from the newest release.
-- One row per changed value.

with

released_indicator as (

    select * from {{ ref('stg_releases__indicator') }}

),

released_person_years as (

    select * from {{ ref('stg_releases__person_years') }}

),

released_answers as (

    select * from {{ ref('stg_releases__answer_shares') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

released_answer_shares as (

    select
        released_answers.*,
        years.series_code
    from released_answers
    inner join years
        on released_answers.year = years.year

),

values_now as (

    select * from {{ ref('labelled_published_values') }}

),

values_before as (
    {{ published_values(
        "released_indicator", "released_person_years", "released_answer_shares"
    ) }}
),

released_years as (

    -- A year that was not published before is no revision.
    select
        series_code,
        year
    from released_indicator
    group by series_code, year

),

compared as (

    select
        coalesce(values_now.value_key, values_before.value_key) as value_key,
        coalesce(values_now.part_key, values_before.part_key) as part_key,
        coalesce(values_now.series_code, values_before.series_code)
            as series_code,
        coalesce(values_now.year, values_before.year) as year,
        coalesce(values_now.region_level, values_before.region_level)
            as region_level,
        coalesce(values_now.region_code, values_before.region_code)
            as region_code,
        coalesce(values_now.target_group, values_before.target_group)
            as target_group,
        coalesce(values_now.measure_code, values_before.measure_code)
            as measure_code,
        coalesce(values_now.category_code, values_before.category_code)
            as category_code,
        coalesce(values_now.figure_code, values_before.figure_code)
            as figure_code,
        case
            when values_before.value_key is null then 'added'
            when values_now.value_key is null then 'withdrawn'
            else 'changed'
        end as kind,
        values_before.figure as old_value,
        values_now.figure as new_value,
        values_before.obs_status as old_obs_status,
        values_now.obs_status as new_obs_status,
        -- Only rates have inhabitants.
        coalesce(values_now.population != values_before.population, false)
            as has_new_population
    from values_now
    full outer join values_before
        on values_now.value_key = values_before.value_key
    where values_now.figure is distinct from values_before.figure

),

final as (

    select compared.*
    from compared
    inner join released_years
        on
            compared.series_code = released_years.series_code
            and compared.year = released_years.year

)

select * from final
