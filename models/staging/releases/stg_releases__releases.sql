{{ config(materialized='table') }}
-- The releases so far.
-- One row per release.

with

released as (
    {{ released('dim_release', {
        'release_version': 'string',
        'release_number': 'integer',
        'released_on': 'date',
        'code_commit': 'string',
        'settings_json': 'string',
        'previous_version': 'string',
        'first_year': 'integer',
        'last_year': 'integer',
        'is_reconstruction': 'boolean'
    }) }}
)

select * from released
