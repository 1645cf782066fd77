{{ config(materialized='table') }}
-- Every finding about a submission, with its consequence and whether a
-- reviewer has set it aside (R21, R24).
-- One row per finding.

with

findings as (

    select * from {{ ref('int_checks__hard') }}

),

sum_findings as (

    select * from {{ ref('int_checks__own_sums') }}

),

parts as (

    select * from {{ ref('int_submissions__parts') }}

),

rules as (

    select * from {{ ref('rules') }}

),

reviews as (

    select * from {{ ref('int_reviews__decisions') }}
    where fault is null

),

all_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        column_name,
        raw_value,
        rule_code,
        fte,
        compared_fte,
        is_settled
    from findings
    union all
    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        column_name,
        raw_value,
        rule_code,
        fte,
        compared_fte,
        false as is_settled
    from sum_findings
    union all
    select
        reviews.year,
        reviews.submission_id,
        reviews.target_group,
        parts.reporting_unit_code,
        cast(null as string) as service_label,
        cast(null as string) as column_name,
        reviews.reason as raw_value,
        'rejected_in_review' as rule_code,
        cast(null as decimal(28, 8)) as fte,
        cast(null as decimal(28, 8)) as compared_fte,
        false as is_settled
    from reviews
    inner join parts
        on
            reviews.year = parts.year
            and reviews.submission_id = parts.submission_id
            and reviews.target_group = parts.target_group
    where reviews.decision = 'reject'

),

with_reviews as (

    select
        all_findings.*,
        -- An unknown rule counts as an error.
        coalesce(rules.severity, 'error') as severity,
        -- R24: a correction or an acceptance sets a finding aside.
        case
            when
                all_findings.is_settled or corrections.line_number is not null
                then 'correct'
            when
                acceptances.line_number is not null
                and rules.can_be_accepted
                -- Nobody can accept more person-years than inhabitants.
                and (
                    all_findings.rule_code != 'implausible_level'
                    or all_findings.fte <= all_findings.compared_fte
                )
                then 'accept'
        end as set_aside_by
    from all_findings
    left join rules
        on all_findings.rule_code = rules.rule_code
    left join reviews as corrections
        on
            corrections.decision = 'correct'
            and all_findings.year = corrections.year
            and all_findings.submission_id = corrections.submission_id
            and all_findings.target_group = corrections.target_group
            and all_findings.service_label = corrections.service_label
            and all_findings.column_name = corrections.column_name
            and coalesce(all_findings.raw_value, '') = corrections.old_value
    left join reviews as acceptances
        on
            acceptances.decision = 'accept'
            and all_findings.year = acceptances.year
            and all_findings.submission_id = acceptances.submission_id
            and all_findings.target_group = acceptances.target_group

),

final as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        column_name,
        raw_value,
        rule_code,
        severity,
        fte,
        compared_fte,
        set_aside_by
    from with_reviews

)

select * from final
