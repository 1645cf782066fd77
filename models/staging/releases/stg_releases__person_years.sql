{{ config(materialized='table') }}
-- Person-years as the newest release has them.
-- One row per series, year, region, target group, service and education.

with

released as (
    {{ released('fct_fte', {
        'series_code': 'string',
        'year': 'integer',
        'region_level': 'string',
        'region_code': 'string',
        'target_group': 'string',
        'service_code': 'string',
        'education_code': 'string',
        'fte': 'decimal(18, 8)'
    }) }}
)

select * from released
