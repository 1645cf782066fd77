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

    select * from {{ ref('int_carry_forward__sources') }}

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
        target_group,
        submission_id,
        decision
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

    -- A decision with an effect: a cell of what counts was corrected, or what
    -- became of the submission is another thing.
    select
        one_sided_decisions.year,
        one_sided_decisions.reporting_unit_code,
        one_sided_decisions.target_group
    from one_sided_decisions
    left join submissions
        on
            one_sided_decisions.year = submissions.year
            and one_sided_decisions.submission_id = submissions.submission_id
            and one_sided_decisions.target_group = submissions.target_group
    left join released_submissions
        on
            one_sided_decisions.year = released_submissions.year
            and one_sided_decisions.submission_id
            = released_submissions.submission_id
            and one_sided_decisions.target_group
            = released_submissions.target_group
    where
        submissions.outcome is distinct from released_submissions.outcome
        or (
            one_sided_decisions.decision = 'correct'
            and submissions.outcome = 'used'
        )
    group by
        one_sided_decisions.year,
        one_sided_decisions.reporting_unit_code,
        one_sided_decisions.target_group

),

received as (

    select
        year,
        reporting_unit_code,
        target_group,
        received_md5
    from submissions
    group by year, reporting_unit_code, target_group, received_md5

),

released_received as (

    select
        year,
        reporting_unit_code,
        target_group,
        received_md5
    from released_submissions
    group by year, reporting_unit_code, target_group, received_md5

),

counted as (

    -- What counts now and what counted then; empty where nothing was received.
    select
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        submissions.received_md5 as md5_now,
        released_submissions.received_md5 as md5_before
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

),

received_anew as (

    -- What counts was not there then, or what counted is not there now. If both
    -- were received on both sides, it was decided differently.
    select
        counted.year,
        counted.reporting_unit_code,
        counted.target_group
    from counted
    left join released_received
        on
            counted.year = released_received.year
            and counted.reporting_unit_code
            = released_received.reporting_unit_code
            and counted.target_group = released_received.target_group
            and counted.md5_now = released_received.received_md5
    left join received
        on
            counted.year = received.year
            and counted.reporting_unit_code = received.reporting_unit_code
            and counted.target_group = received.target_group
            and counted.md5_before = received.received_md5
    where
        (
            counted.md5_now is not null
            and released_received.received_md5 is null
        )
        or (counted.md5_before is not null and received.received_md5 is null)

),

own_reasons as (

    select
        year,
        reporting_unit_code,
        target_group,
        'review' as reason_code
    from reviewed
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        'resubmission' as reason_code
    from received_anew

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
