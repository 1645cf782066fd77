{{ config(materialized='table') }}
-- The submissions that the newest release has read.
-- One row per year, submission and target group.

with

released as (
    {{ released('fct_submission', {
        'year': 'integer',
        'submission_id': 'string',
        'target_group': 'string',
        'reporting_unit_code': 'string',
        'outcome': 'string',
        'received_md5': 'string'
    }) }}
)

select * from released
