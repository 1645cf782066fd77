-- The questions that are asked in a year, and the answers to another question
-- on which each depends.
-- One row per question.
with

conditions as (

    select
        dependent.question_code,
        string_agg(
            answers.name_nb, ' / '
            order by cast(answers.sort_order as integer)
        ) as asked_if_nb,
        string_agg(
            answers.name_en, ' / '
            order by cast(answers.sort_order as integer)
        ) as asked_if_en
    from seeds.questions as dependent
    inner join seeds.questions as first_one
        on dependent.asked_if_question_code = first_one.question_code
    inner join seeds.answers as answers
        on
            first_one.scale_code = answers.scale_code
            and dependent.asked_if_summary_code = answers.summary_code
    group by dependent.question_code

)

select
    questions.question_code,
    questions.target_group,
    questions.scale_code,
    questions.is_multiple = 'true' as is_multiple,
    questions.text_nb,
    questions.text_en,
    conditions.asked_if_nb,
    conditions.asked_if_en
from seeds.questions as questions
left join conditions
    on questions.question_code = conditions.question_code
where
    $1 between cast(questions.first_year as integer)
    and coalesce(cast(questions.last_year as integer), 9999)
order by cast(questions.sort_order as integer)
