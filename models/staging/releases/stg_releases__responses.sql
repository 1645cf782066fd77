{{ config(materialized='table') }}
-- Who answered, as the newest release has it.
-- One row per year, reporting unit and target group.

with

released as (
    {{ released('fct_response', {
        'year': 'integer',
        'reporting_unit_code': 'string',
        'target_group': 'string',
        'status': 'string',
        'submission_id': 'string',
        'source_year': 'integer'
    }) }}
)

select * from released
