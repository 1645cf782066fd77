{{ config(meta={
    "what_to_do":
        "mend the shares of these codes in municipality_correspondence.csv "
        ~ "or municipality_changes.csv in seeds/reference, so that they make "
        ~ "1 together."
}) }}
-- R15, R18: nothing is lost or made up when counts are moved.

with

correspondence as (

    select * from {{ ref('municipality_correspondence') }}

),

changes as (

    select * from {{ ref('municipality_changes') }}
    where kind != 'partial'

),

sums as (

    select
        structure_year as year,
        municipality_code,
        sum(share) as share
    from correspondence
    group by structure_year, municipality_code

    union all

    select
        change_year as year,
        old_code as municipality_code,
        sum(share) as share
    from changes
    group by change_year, old_code

)

select *
from sums
where share != 1
