{{ config(materialized='table') }}
-- What regions are made of, as the newest release has it.
-- One row per year, region and reporting unit.

with

released as (
    {{ released('bridge_region_unit', {
        'year': 'integer',
        'region_level': 'string',
        'region_code': 'string',
        'reporting_unit_code': 'string',
        'share': 'decimal(9, 6)'
    }) }}
)

select * from released
