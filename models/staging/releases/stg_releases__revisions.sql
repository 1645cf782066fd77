{{ config(materialized='table') }}
-- The revisions of all releases so far.
-- One row per release and changed value.

with

released as (
    {{ released('fct_revision', {
        'release_before': 'string',
        'release_after': 'string',
        'value_key': 'string',
        'series_code': 'string',
        'year': 'integer',
        'region_level': 'string',
        'region_code': 'string',
        'region_name': 'string',
        'target_group': 'string',
        'measure_code': 'string',
        'category_code': 'string',
        'figure_code': 'string',
        'kind': 'string',
        'old_value': 'decimal(18, 8)',
        'new_value': 'decimal(18, 8)',
        'difference': 'decimal(18, 8)',
        'old_obs_status': 'string',
        'new_obs_status': 'string',
        'reason': 'string',
        'reason_nb': 'string',
        'reason_en': 'string',
        'is_reconstruction': 'boolean'
    }) }}
)

select * from released
