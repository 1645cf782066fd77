-- Every finding about a submission, in words that its sender can be sent.
-- One row per finding.

with

findings as (

    select * from {{ ref('int_submissions__findings') }}

),

rules as (

    select * from {{ ref('rules') }}

),

with_words as (

    select
        findings.*,
        rules.severity,
        {{ filled_in("rules.message_nb") }} as message_nb,
        {{ filled_in("rules.message_en") }} as message_en
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
                    target_group,
                    rule_code,
                    reporting_unit_code,
                    service_label nulls first,
                    column_name nulls first,
                    raw_value nulls first
            ) as integer
        ) as issue_number,
        submission_id,
        year,
        reporting_unit_code,
        target_group,
        service_label,
        column_name,
        raw_value,
        rule_code,
        severity,
        message_nb,
        message_en
    from with_words

)

select * from final
