-- The form's other questions; the project's own list (R28).
-- One row per question.

with

questions as (

    select * from {{ ref('questions') }}

),

final as (

    select
        question_code,
        text_nb as question_nb,
        text_en as question_en,
        target_group,
        figure_code,
        is_multiple,
        first_year,
        last_year,
        asked_if_question_code,
        asked_if_summary_code,
        sort_order
    from questions

)

select * from final
