-- R13, R18: the units' person-years, reported and carried forward, are the
-- country's; and the counties, KOSTRA groups and so on add up to it too.

with

responses as (

    select * from {{ ref('fct_response') }}

),

fte as (

    select * from {{ ref('fct_fte') }}

),

by_unit as (

    select
        year,
        target_group,
        sum(fte) as fte
    from responses
    group by year, target_group

),

by_level as (

    select
        year,
        target_group,
        region_level,
        sum(fte) as fte
    from fte
    where region_level != 'district'
    group by year, target_group, region_level

)

select
    by_unit.year,
    by_unit.target_group,
    by_level.region_level,
    by_unit.fte as fte_of_units,
    by_level.fte as fte_of_regions
from by_unit
left join by_level
    on
        by_unit.year = by_level.year
        and by_unit.target_group = by_level.target_group
-- A part that nobody answered has no person-years, and no rows of them.
where
    abs(coalesce(by_unit.fte, 0) - coalesce(by_level.fte, 0)) > 0.000001
