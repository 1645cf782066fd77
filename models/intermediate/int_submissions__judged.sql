{{ config(materialized='table') }}
-- What became of each part of each submission (R20, R21).
-- One row per year, submission and target group.

with

parts as (

    select * from {{ ref('int_submissions__parts') }}

),

findings as (

    select * from {{ ref('int_submissions__findings') }}

),

rules as (

    select * from {{ ref('rules') }}

),

errors as (

    select
        findings.year,
        findings.submission_id,
        findings.target_group,
        cast(count(*) as integer) as n_errors
    from findings
    left join rules
        on findings.rule_code = rules.rule_code
    where coalesce(rules.severity, 'error') = 'error'
    group by findings.year, findings.submission_id, findings.target_group

),

with_errors as (

    select
        parts.*,
        coalesce(errors.n_errors, 0) as n_errors
    from parts
    left join errors
        on
            parts.year = errors.year
            and parts.submission_id = errors.submission_id
            and parts.target_group = errors.target_group

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
            when n_errors > 0 then 'rejected'
            when place > 1 then 'superseded'
            else 'used'
        end as outcome,
        n_errors,
        rows_read,
        rows_out_of_scope,
        fte_in_scope,
        fte_out_of_scope
    from ranked

)

select * from final
