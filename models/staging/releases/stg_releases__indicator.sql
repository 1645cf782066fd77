{{ config(materialized='table') }}
-- The indicator as the newest release has it.
-- One row per series, year, region and measure.

with

released as (
    {{ released('fct_indicator', {
        'series_code': 'string',
        'year': 'integer',
        'region_level': 'string',
        'region_code': 'string',
        'measure_code': 'string',
        'fte': 'decimal(18, 8)',
        'population': 'decimal(18, 4)',
        'per_1000': 'decimal(18, 2)',
        'obs_status': 'string'
    }) }}
)

select * from released
