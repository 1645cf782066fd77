{{ config(materialized='table') }}
-- What became of each part of each submission (R20, R21, R24).
-- One row per year, submission and target group.

with

parts as (

    select * from {{ ref('int_submissions__parts') }}

),

findings as (

    select * from {{ ref('int_findings__after_review') }}

),

reviews as (

    select * from {{ ref('int_reviews__decisions') }}
    where fault is null

),

no_faults as (

    -- One row, and none at all when a decision is at fault: nothing is judged
    -- by half of the decisions.
    select * from {{ ref('int_reviews__faults') }}

),

errors as (

    select
        year,
        submission_id,
        target_group,
        cast(count(*) as integer) as n_errors
    from findings
    where severity = 'error' and set_aside_by is null
    group by year, submission_id, target_group

),

kinds_of_review as (

    select
        year,
        submission_id,
        target_group,
        decision
    from reviews
    group by year, submission_id, target_group, decision

),

reviewed as (

    select
        year,
        submission_id,
        target_group,
        {{ joined_text("decision", ", ") }} as review_decisions
    from kinds_of_review
    group by year, submission_id, target_group

),

with_errors as (

    select
        parts.*,
        coalesce(errors.n_errors, 0) as n_errors,
        reviewed.review_decisions
    from parts
    cross join no_faults
    left join errors
        on
            parts.year = errors.year
            and parts.submission_id = errors.submission_id
            and parts.target_group = errors.target_group
    left join reviewed
        on
            parts.year = reviewed.year
            and parts.submission_id = reviewed.submission_id
            and parts.target_group = reviewed.target_group

),

ranked as (

    select
        *,
        row_number() over (
            partition by
                year,
                reporting_unit_code,
                target_group,
                n_errors = 0
            -- R20: the latest valid one counts; at equal times the greater id.
            order by received_at desc nulls last, submission_id desc
        ) as place
    from with_errors

),

final as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        received_at,
        received_text,
        case
            -- R21: a part that fails a hard check is not used.
            when n_errors > 0 then 'rejected'
            when place > 1 then 'superseded'
            else 'used'
        end as outcome,
        n_errors,
        review_decisions,
        n_corrected_cells,
        rows_read,
        rows_out_of_scope,
        fte_in_scope,
        fte_out_of_scope
    from ranked

)

select * from final
