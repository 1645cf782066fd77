-- Every answer to the form's other questions, in the project's own terms (R28).
-- One row per raw row: nothing is left out, put together or corrected here.

with

received as (

    select * from {{ ref('stg_answers__received') }}

),

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('answers') }}

),

question_labels as (

    -- A question is named by its code or by its wording.
    {% for label in ["question_code", "text_nb"] %}
        select
            question_code,
            first_year,
            last_year,
            {{ normalised_label(label) }} as normalised_label
        from questions
        {{ "union all" if not loop.last }}
    {% endfor %}

),

answer_labels as (

    {% for label in ["answer_code", "name_nb"] %}
        select
            scale_code,
            answer_code,
            {{ normalised_label(label) }} as normalised_label
        from answers
        {{ "union all" if not loop.last }}
    {% endfor %}

),

distinct_answer_labels as (

    -- A wording may be the code in other letters.
    select
        scale_code,
        answer_code,
        normalised_label
    from answer_labels
    group by scale_code, answer_code, normalised_label

),

final as (

    select
        received.year,
        received.submission_id,
        received.reporting_unit_code,
        received.received_text,
        {{ time_of_receipt("received.received_text") }} as received_at,
        received.question_label,
        received.answer_label,
        questions.question_code,
        questions.target_group,
        questions.is_multiple,
        distinct_answer_labels.answer_code,
        {{ normalised_label("received.answer_label") }} = '' as is_unanswered,
        received.remark
    from received
    left join question_labels
        on
            {{ normalised_label("received.question_label") }}
            = question_labels.normalised_label
            and received.year >= question_labels.first_year
            and received.year
            <= coalesce(question_labels.last_year, received.year)
    left join questions
        on question_labels.question_code = questions.question_code
    left join distinct_answer_labels
        on
            questions.scale_code = distinct_answer_labels.scale_code
            and {{ normalised_label("received.answer_label") }}
            = distinct_answer_labels.normalised_label

)

select * from final
