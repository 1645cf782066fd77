-- Every finding about a submission, in words that its sender can be sent.
-- One row per finding.

with

weighed as (

    select * from {{ ref('int_findings__after_review') }}

),

soft_findings as (

    -- Those of sums stand line by line among the weighed ones.
    select * from {{ ref('int_checks__soft') }}
    where rule_code != 'sum_differs'

),

reviews as (

    select * from {{ ref('int_reviews__decisions') }}
    where decision = 'accept' and fault is null

),

answer_findings as (

    select * from {{ ref('int_answers__findings') }}

),

rules as (

    select * from {{ ref('rules') }}

),

all_findings as (

    select
        'person_years' as concerns,
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        cast(null as string) as question_label,
        column_name,
        raw_value,
        rule_code,
        fte,
        -- A level is held against inhabitants, not against person-years.
        case when rule_code != 'implausible_level' then compared_fte end
            as compared_fte,
        set_aside_by
    from weighed
    union all
    select
        'person_years' as concerns,
        soft_findings.year,
        soft_findings.submission_id,
        soft_findings.target_group,
        soft_findings.reporting_unit_code,
        cast(null as string) as service_label,
        cast(null as string) as question_label,
        cast(null as string) as column_name,
        cast(null as string) as raw_value,
        soft_findings.rule_code,
        soft_findings.fte,
        soft_findings.compared_fte,
        reviews.decision as set_aside_by
    from soft_findings
    left join reviews
        on
            soft_findings.year = reviews.year
            and soft_findings.submission_id = reviews.submission_id
            and soft_findings.target_group = reviews.target_group
    union all
    select
        'questions' as concerns,
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        cast(null as string) as service_label,
        question_label,
        column_name,
        raw_value,
        rule_code,
        cast(null as decimal(18, 8)) as fte,
        cast(null as decimal(18, 8)) as compared_fte,
        cast(null as string) as set_aside_by
    from answer_findings

),

findings as (

    select
        *,
        {{ numbers_of_findings() }}
    from all_findings

),

with_words as (

    select
        findings.*,
        rules.severity,
        rules.kind,
        {{ filled_in(
            "concat(rules.message_nb, ' ', rules.action_nb)", "nb"
        ) }} as message_nb,
        {{ filled_in(
            "concat(rules.message_en, ' ', rules.action_en)", "en"
        ) }} as message_en
    from findings
    left join rules
        on findings.rule_code = rules.rule_code

),

final as (

    select
        cast(
            row_number() over (
                order by
                    year,
                    submission_id,
                    concerns,
                    target_group,
                    rule_code,
                    reporting_unit_code,
                    service_label nulls first,
                    question_label nulls first,
                    column_name nulls first,
                    raw_value nulls first
            ) as integer
        ) as issue_number,
        submission_id,
        year,
        reporting_unit_code,
        target_group,
        concerns,
        service_label,
        question_label,
        column_name,
        raw_value,
        rule_code,
        severity,
        kind,
        cast(fte as decimal(28, 8)) as fte,
        cast(compared_fte as decimal(28, 8)) as compared_fte,
        set_aside_by,
        message_nb,
        message_en
    from with_words

)

select * from final
