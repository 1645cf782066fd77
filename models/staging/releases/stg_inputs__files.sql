{{ config(materialized='table') }}
-- The files that this build is made from, with their checksums.
-- One row per seed file.

with

files as (
    {{ input_files() }}
)

select * from files
