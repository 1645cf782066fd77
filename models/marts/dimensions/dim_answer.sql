-- The answers that each question of the form offers.
-- One row per question and answer.

with

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

),

final as (

    select
        questions.question_code,
        answers.answer_code,
        answers.name_nb as answer_nb,
        answers.name_en as answer_en,
        answers.summary_code,
        answers.sort_order
    from questions
    inner join answers
        on questions.scale_code = answers.scale_code

)

select * from final
