{{ config(materialized='table') }}
-- What became of each answer to a question (R28).
-- One row per raw row.

with

checked_answers as (

    select * from {{ ref('int_answers__hard_checks') }}

),

with_place as (

    -- Among the usable answers of a unit to a question, the submission that
    -- was received last comes first; at equal times the greater id.
    select
        *,
        not is_rejected and not is_unanswered as is_usable,
        rank() over (
            partition by
                year,
                reporting_unit_code,
                question_code,
                is_rejected or is_unanswered
            -- R28: the latest answer of a unit to a question counts.
            order by received_at desc, submission_id desc
        ) as place
    from checked_answers

),

final as (

    select
        year,
        submission_id,
        reporting_unit_code,
        received_text,
        question_label,
        answer_label,
        question_code,
        target_group,
        answer_code,
        case
            when is_rejected then 'rejected'
            when is_unanswered then 'unanswered'
            when place = 1 then 'used'
            else 'superseded'
        end as outcome
    from with_place

)

select * from final
