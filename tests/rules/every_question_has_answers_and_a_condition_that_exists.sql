{{ config(meta={
    "what_to_do":
        "add answers of its scale to seeds/reference/answers.csv, or mend "
        ~ "scale_code, asked_if_question_code and asked_if_summary_code in "
        ~ "questions.csv."
}) }}
-- R28: a question offers answers, and depends on a summary that the question
-- it depends on can have.

with

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

)

select
    questions.question_code,
    'no answers' as fault
from questions
left join answers
    on questions.scale_code = answers.scale_code
where answers.answer_code is null

union all

select
    questions.question_code,
    'no such condition' as fault
from questions
left join questions as conditions
    on questions.asked_if_question_code = conditions.question_code
left join answers
    on
        conditions.scale_code = answers.scale_code
        and questions.asked_if_summary_code = answers.summary_code
where
    (
        questions.asked_if_question_code is not null
        or questions.asked_if_summary_code is not null
    )
    and answers.answer_code is null
