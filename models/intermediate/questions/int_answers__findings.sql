-- What is wrong with the answers to the questions: every finding (R28).
-- One row per finding: once a submission, or once an answer.

with

checked_answers as (

    select * from {{ ref('int_answers__hard_checks') }}

),

unit_findings as (

    {% for rule in ["unknown_unit", "unit_not_in_force", "unit_not_asked"] %}
        select
            year,
            submission_id,
            reporting_unit_code,
            'all' as target_group,
            cast(null as string) as question_label,
            'enhet' as column_name,
            reporting_unit_code as raw_value,
            '{{ rule }}' as rule_code
        from checked_answers
        where is_{{ rule }}
        group by year, submission_id, reporting_unit_code
        {{ "union all" if not loop.last }}
    {% endfor %}

),

identifier_findings as (

    select
        year,
        submission_id,
        reporting_unit_code,
        'all' as target_group,
        cast(null as string) as question_label,
        'innsending_id' as column_name,
        submission_id as raw_value,
        'empty_submission_id' as rule_code
    from checked_answers
    where {{ trimmed("submission_id") }} = ''
    group by year, submission_id, reporting_unit_code

),

time_findings as (

    select
        year,
        submission_id,
        reporting_unit_code,
        'all' as target_group,
        cast(null as string) as question_label,
        'mottatt' as column_name,
        received_text as raw_value,
        'unreadable_time' as rule_code
    from checked_answers
    where is_unreadable_time
    group by year, submission_id, reporting_unit_code, received_text

),

what_differs as (

    -- The several units of a submission, or else its several times.
    select
        year,
        submission_id,
        case when has_several_units then 'enhet' else 'mottatt' end
            as column_name,
        case
            when has_several_units then reporting_unit_code else received_text
        end as raw_value
    from checked_answers
    where is_inconsistent_submission
    group by
        year,
        submission_id,
        has_several_units,
        case
            when has_several_units then reporting_unit_code else received_text
        end

),

all_that_differs as (

    select
        year,
        submission_id,
        column_name,
        {{ joined_text("raw_value", ", ") }} as raw_value
    from what_differs
    group by year, submission_id, column_name

),

senders as (

    select
        year,
        submission_id,
        reporting_unit_code
    from checked_answers
    where is_inconsistent_submission
    group by year, submission_id, reporting_unit_code

),

consistency_findings as (

    -- One for each of the units.
    select
        senders.year,
        senders.submission_id,
        senders.reporting_unit_code,
        'all' as target_group,
        cast(null as string) as question_label,
        all_that_differs.column_name,
        all_that_differs.raw_value,
        'inconsistent_submission' as rule_code
    from senders
    inner join all_that_differs
        on
            senders.year = all_that_differs.year
            and senders.submission_id = all_that_differs.submission_id

),

answer_findings as (

    select
        year,
        submission_id,
        reporting_unit_code,
        'all' as target_group,
        question_label,
        'sporsmal' as column_name,
        question_label as raw_value,
        'unknown_question' as rule_code
    from checked_answers
    where is_unknown_question
    group by year, submission_id, reporting_unit_code, question_label
    union all
    {% for rule, flag in [
        ("unknown_answer", "is_unknown_answer"),
        ("several_answers", "is_one_of_several"),
    ] %}
        select
            year,
            submission_id,
            reporting_unit_code,
            target_group,
            question_label,
            'svar' as column_name,
            answer_label as raw_value,
            '{{ rule }}' as rule_code
        from checked_answers
        where {{ flag }}
        group by
            year,
            submission_id,
            reporting_unit_code,
            target_group,
            question_label,
            answer_label
        {{ "union all" if not loop.last }}
    {% endfor %}

),

final as (

    select * from unit_findings
    union all
    select * from identifier_findings
    union all
    select * from time_findings
    union all
    select * from consistency_findings
    union all
    select * from answer_findings

)

select * from final
