{{ config(meta={
    "what_to_do":
        "compare first_year and last_year in municipalities.csv and "
        ~ "districts.csv (seeds/reference) with whom the form was sent to."
}) }}
-- R17: 371 units in 2020–2023 and 372 in 2024 and 2025; two parts each.

with

responses as (

    select * from {{ ref('fct_response') }}

),

counted as (

    select
        year,
        count(*) as n_parts,
        count(distinct reporting_unit_code) as n_units
    from responses
    group by year

)

select *
from counted
where
    n_parts != 2 * n_units
    or (year between 2020 and 2023 and n_units != 371)
    or (year between 2024 and 2025 and n_units != 372)
