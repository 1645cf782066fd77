{{ config(materialized='table') }}
-- Reviewers' decisions as the newest release has them.
-- One row per decision.

with

released as (
    {{ released('fct_review', {
        'line_number': 'integer',
        'year': 'integer',
        'submission_id': 'string',
        'target_group': 'string',
        'reporting_unit_code': 'string',
        'decision': 'string',
        'service_label': 'string',
        'column_name': 'string',
        'old_value': 'string',
        'new_value': 'string'
    }) }}
)

select * from released
