{{ config(materialized='table') }}
-- For which units something else was received or decided than in the newest
-- release. One row per year, reporting unit, target group and reason.

with

responses as (

    select * from {{ ref('fct_response') }}

),

submissions as (

    select * from {{ ref('fct_submission') }}

),

reviews as (

    select * from {{ ref('fct_review') }}

),

released_responses as (

    select * from {{ ref('stg_releases__responses') }}

),

released_submissions as (

    select * from {{ ref('stg_releases__submissions') }}

),

released_reviews as (

    select * from {{ ref('stg_releases__reviews') }}

),

sources as (

    select * from {{ ref('int_responses__sources') }}

),

decisions as (

    select
        'now' as side,
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        decision,
        service_label,
        column_name,
        old_value,
        new_value
    from reviews
    union all
    select
        'before' as side,
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        decision,
        service_label,
        column_name,
        old_value,
        new_value
    from released_reviews

),

one_sided_decisions as (

    -- A decision is never given twice.
    select
        year,
        reporting_unit_code,
        target_group
    from decisions
    group by
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        decision,
        service_label,
        column_name,
        old_value,
        new_value
    having count(*) = 1

),

reviewed as (

    select
        year,
        reporting_unit_code,
        target_group
    from one_sided_decisions
    group by year, reporting_unit_code, target_group

),

received_anew as (

    -- What counts says something else; empty where nothing was received.
    select
        responses.year,
        responses.reporting_unit_code,
        responses.target_group
    from responses
    inner join released_responses
        on
            responses.year = released_responses.year
            and responses.reporting_unit_code
            = released_responses.reporting_unit_code
            and responses.target_group = released_responses.target_group
    left join submissions
        on
            responses.year = submissions.year
            and responses.submission_id = submissions.submission_id
            and responses.target_group = submissions.target_group
    left join released_submissions
        on
            released_responses.year = released_submissions.year
            and released_responses.submission_id
            = released_submissions.submission_id
            and released_responses.target_group
            = released_submissions.target_group
    where
        submissions.received_md5
        is distinct from released_submissions.received_md5

),

own_reasons as (

    select
        year,
        reporting_unit_code,
        target_group,
        'review' as reason_code
    from reviewed
    union all
    -- A decision about a submission may change which one counts.
    select
        received_anew.year,
        received_anew.reporting_unit_code,
        received_anew.target_group,
        'resubmission' as reason_code
    from received_anew
    left join reviewed
        on
            received_anew.year = reviewed.year
            and received_anew.reporting_unit_code
            = reviewed.reporting_unit_code
            and received_anew.target_group = reviewed.target_group
    where reviewed.year is null

),

places as (

    -- Where a unit's person-years come from, now and in the release.
    select
        year,
        reporting_unit_code,
        target_group,
        year as source_year,
        reporting_unit_code as source_unit_code
    from responses
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        source_year,
        source_unit_code
    from sources
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        source_year,
        reporting_unit_code as source_unit_code
    from released_responses
    where source_year != year

),

final as (

    select
        places.year,
        places.reporting_unit_code,
        places.target_group,
        own_reasons.reason_code
    from places
    inner join own_reasons
        on
            places.source_year = own_reasons.year
            and places.source_unit_code = own_reasons.reporting_unit_code
            and places.target_group = own_reasons.target_group
    group by
        places.year,
        places.reporting_unit_code,
        places.target_group,
        own_reasons.reason_code

)

select * from final
