{{ config(meta={
    "what_to_do":
        "word one of them in another way, in questions.csv or answers.csv "
        ~ "in seeds/reference."
}) }}
-- R28: questions and answers are recognised by code or wording, so that two of
-- the same scale may not share either.

with

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

),

labels as (

    {% for label in ["question_code", "text_nb"] %}
        select
            'questions' as list_code,
            question_code as code,
            {{ normalised_label(label) }} as normalised_label
        from questions
        union all
    {% endfor %}
    {% for label in ["answer_code", "name_nb"] %}
        select
            scale_code as list_code,
            answer_code as code,
            {{ normalised_label(label) }} as normalised_label
        from answers
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    list_code,
    normalised_label,
    count(distinct code) as n_codes
from labels
group by list_code, normalised_label
having count(distinct code) > 1
