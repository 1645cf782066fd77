-- R20, R21: the person-years of the parts that count are those of the units
-- that answered, year by year.

with

submissions as (

    select * from {{ ref('fct_submission') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

used as (

    select
        year,
        target_group,
        sum(fte) as fte
    from submissions
    where outcome = 'used'
    group by year, target_group

),

reported as (

    select
        year,
        target_group,
        sum(fte) as fte
    from responses
    where status = 'reported'
    group by year, target_group

)

select
    used.year,
    used.target_group,
    used.fte as fte_used,
    reported.fte as fte_reported
from used
full outer join reported
    on
        used.year = reported.year
        and used.target_group = reported.target_group
where used.fte is distinct from reported.fte
