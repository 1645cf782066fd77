{{ config(materialized='table') }}
-- The inputs of all releases so far.
-- One row per release and input file.

with

released as (
    {{ released('fct_release_input', {
        'release_version': 'string',
        'file': 'string',
        'kind': 'string',
        'sha256': 'string',
        'n_bytes': 'integer'
    }) }}
)

select * from released
