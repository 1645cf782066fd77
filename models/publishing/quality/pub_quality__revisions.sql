-- How far the municipalities' person-years have moved since they were first
-- published (R26). One row per published year and target group, or `all`.

with

values_now as (

    select * from {{ ref('labelled_published_values') }}
    where
        region_level = 'municipality'
        and figure_code = 'fte'
        and measure_code = 'total'

),

revisions as (

    select * from {{ ref('fct_revision') }}

),

releases as (

    select * from {{ ref('dim_release') }}

),

released_indicator as (

    select * from {{ ref('stg_releases__indicator') }}

),

released_years as (

    select
        series_code,
        year
    from released_indicator
    group by series_code, year

),

first_published as (

    -- Later revisions of a value start where the first one ended.
    select
        revisions.value_key,
        revisions.old_value
    from revisions
    inner join releases
        on revisions.release_after = releases.release_version
    where revisions.old_value is not null
    qualify
        row_number() over (
            partition by revisions.value_key
            order by releases.release_number
        ) = 1

),

final as (

    select
        values_now.year,
        values_now.target_group,
        cast(
            sum(
                case
                    when first_published.old_value is null then 0
                    else abs(values_now.figure - first_published.old_value)
                end
            ) as decimal(18, 8)
        ) as fte_revised,
        cast(sum(values_now.figure) as decimal(18, 8)) as fte
    from values_now
    inner join released_years
        on
            values_now.series_code = released_years.series_code
            and values_now.year = released_years.year
    left join first_published
        on values_now.value_key = first_published.value_key
    group by values_now.year, values_now.target_group

)

select * from final
