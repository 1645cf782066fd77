-- The questions that were there to be answered, and whether they were (R26).
-- One row per year, reporting unit and question.

with

latest_answers as (

    select * from {{ ref('int_answers__latest') }}

),

questions as (

    select * from {{ ref('questions') }}

),

units_that_answered as (

    -- The questions of a target group are on the form of those that answered
    -- one of them.
    select
        latest_answers.year,
        latest_answers.reporting_unit_code,
        questions.target_group
    from latest_answers
    inner join questions
        on latest_answers.question_code = questions.question_code
    group by
        latest_answers.year,
        latest_answers.reporting_unit_code,
        questions.target_group

),

final as (

    select
        units.year,
        units.reporting_unit_code,
        questions.question_code,
        questions.target_group,
        bool_or(latest_answers.answer_code is not null) as is_answered
    from units_that_answered as units
    inner join questions
        on
            units.target_group = questions.target_group
            and units.year >= questions.first_year
            and units.year <= coalesce(questions.last_year, units.year)
    left join latest_answers as conditions
        on
            units.year = conditions.year
            and units.reporting_unit_code = conditions.reporting_unit_code
            and questions.asked_if_question_code = conditions.question_code
            and questions.asked_if_summary_code = conditions.summary_code
    left join latest_answers
        on
            units.year = latest_answers.year
            and units.reporting_unit_code = latest_answers.reporting_unit_code
            and questions.question_code = latest_answers.question_code
    -- A question that depends on another is asked where it applies.
    where
        questions.asked_if_question_code is null
        or conditions.question_code is not null
        or latest_answers.question_code is not null
    group by
        units.year,
        units.reporting_unit_code,
        questions.question_code,
        questions.target_group

)

select * from final
