{{ config(materialized='table') }}
-- Shares of answers as the newest release has them.
-- One row per year, question, answer and size group.

with

released as (
    {{ released('fct_answer_share', {
        'year': 'integer',
        'question_code': 'string',
        'answer_code': 'string',
        'size_group_code': 'string',
        'target_group': 'string',
        'share': 'decimal(18, 8)'
    }) }}
)

select * from released
