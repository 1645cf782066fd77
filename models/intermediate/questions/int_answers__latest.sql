-- The answers that count: the latest of each unit to each question (R28).
-- One row per year, reporting unit, question and answer.

with

answer_outcomes as (

    select * from {{ ref('int_answers__outcome') }}
    where outcome = 'used'

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

size_groups as (

    select * from {{ ref('size_groups') }}

),

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

),

distinct_answers as (

    -- The same answer may stand twice in one submission.
    select
        year,
        reporting_unit_code,
        question_code,
        answer_code,
        bool_or({{ is_reconstruction("submission_id") }}) as is_reconstruction
    from answer_outcomes
    group by year, reporting_unit_code, question_code, answer_code

),

final as (

    select
        distinct_answers.year,
        distinct_answers.reporting_unit_code,
        distinct_answers.question_code,
        distinct_answers.answer_code,
        answers.summary_code,
        -- By the inhabitants of the unit itself: a district's are its own.
        size_groups.size_group_code,
        distinct_answers.is_reconstruction
    from distinct_answers
    inner join questions
        on distinct_answers.question_code = questions.question_code
    inner join answers
        on
            questions.scale_code = answers.scale_code
            and distinct_answers.answer_code = answers.answer_code
    left join reporting_units
        on
            distinct_answers.year = reporting_units.year
            and distinct_answers.reporting_unit_code
            = reporting_units.reporting_unit_code
    left join size_groups
        on
            reporting_units.population >= size_groups.population_min
            and reporting_units.population
            <= coalesce(size_groups.population_max, reporting_units.population)

)

select * from final
