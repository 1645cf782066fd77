-- Units by what their answers come to, where several answers are put together
-- (R28).
-- One row per year, question and summary.

with

latest_answers as (

    select * from {{ ref('int_answers__latest') }}

),

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

),

bases as (

    select
        year,
        question_code,
        count(distinct reporting_unit_code) as base
    from latest_answers
    group by year, question_code

),

summaries as (

    select
        bases.year,
        bases.question_code,
        bases.base,
        questions.figure_code,
        questions.target_group,
        answers.summary_code,
        bool_or(answers.summary_code = answers.answer_code)
            as is_an_answer_itself
    from bases
    inner join questions
        on bases.question_code = questions.question_code
    inner join answers
        on questions.scale_code = answers.scale_code
    group by
        bases.year,
        bases.question_code,
        bases.base,
        questions.figure_code,
        questions.target_group,
        answers.summary_code

),

final as (

    select
        summaries.year,
        summaries.question_code,
        summaries.figure_code,
        summaries.target_group,
        summaries.summary_code,
        summaries.is_an_answer_itself,
        cast(
            count(distinct latest_answers.reporting_unit_code) as integer
        ) as n,
        cast(summaries.base as integer) as base
    from summaries
    left join latest_answers
        on
            summaries.year = latest_answers.year
            and summaries.question_code = latest_answers.question_code
            and summaries.summary_code = latest_answers.summary_code
    group by
        summaries.year,
        summaries.question_code,
        summaries.figure_code,
        summaries.target_group,
        summaries.summary_code,
        summaries.is_an_answer_itself,
        summaries.base

)

select * from final
