-- What is wrong with an answer to a question, all that is (R28).
-- One row per raw row.

with

lines as (

    select * from {{ ref('stg_answers__lines') }}

),

known_units as (

    select * from {{ ref('int_reporting_units__of_any_year') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

senders as (

    -- A submission is one form: it has one unit and one time of receipt.
    select
        year,
        submission_id,
        count(distinct reporting_unit_code) > 1 as has_several_units,
        {{ has_several_times() }} as has_several_times
    from lines
    group by year, submission_id

),

numbers_of_answers as (

    select
        year,
        submission_id,
        reporting_unit_code,
        question_code,
        count(distinct answer_code) as n_answers
    from lines
    where answer_code is not null
    group by year, submission_id, reporting_unit_code, question_code

),

compared as (

    select
        lines.year,
        lines.submission_id,
        lines.reporting_unit_code,
        lines.received_text,
        lines.received_at,
        lines.question_label,
        lines.answer_label,
        lines.question_code,
        lines.target_group,
        lines.answer_code,
        lines.is_unanswered,
        known_units.reporting_unit_code is null as is_unknown_unit,
        known_units.reporting_unit_code is not null
        and reporting_units.reporting_unit_code is null as is_unit_not_in_force,
        -- The districts are asked, not their city as a whole.
        coalesce(reporting_units.unit_kind, '') = 'city_wide'
            as is_unit_not_asked,
        lines.received_at is null as is_unreadable_time,
        senders.has_several_units,
        senders.has_several_units
        or senders.has_several_times as is_inconsistent_submission,
        lines.question_code is null as is_unknown_question,
        lines.question_code is not null
        and not lines.is_unanswered
        and lines.answer_code is null as is_unknown_answer,
        not coalesce(lines.is_multiple, true)
        and lines.answer_code is not null
        and numbers_of_answers.n_answers > 1 as is_one_of_several
    from lines
    inner join senders
        on
            lines.year = senders.year
            and lines.submission_id = senders.submission_id
    left join numbers_of_answers
        on
            lines.year = numbers_of_answers.year
            and lines.submission_id = numbers_of_answers.submission_id
            and lines.reporting_unit_code
            = numbers_of_answers.reporting_unit_code
            and lines.question_code = numbers_of_answers.question_code
    left join known_units
        on lines.reporting_unit_code = known_units.reporting_unit_code
    left join reporting_units
        on
            lines.year = reporting_units.year
            and lines.reporting_unit_code = reporting_units.reporting_unit_code

),

final as (

    select
        *,
        is_unknown_unit
        or is_unit_not_in_force
        or is_unit_not_asked
        or is_unreadable_time
        or is_inconsistent_submission
        or is_unknown_question
        or is_unknown_answer
        or is_one_of_several as is_rejected
    from compared

)

select * from final
