{{ config(materialized='table') }}
-- Whose person-years stand in for a unit that is silent about a part (R18).
-- One row per year, silent reporting unit, target group and place where the
-- search ended: an answer of a predecessor, or a dead end.
--
-- The search walks back year by year through the predecessors, so that a
-- successor of merged units ends up with all of them, and a successor of a
-- split unit with its share.

with recursive

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

target_groups as (

    select * from {{ ref('target_groups') }}

),

outcomes as (

    select * from {{ ref('int_submissions__latest_valid') }}

),

predecessors as (

    select * from {{ ref('int_reporting_units__predecessors') }}

),

expected as (

    select
        reporting_units.year,
        reporting_units.reporting_unit_code,
        target_groups.target_group,
        outcomes.submission_id is not null as is_answered
    from reporting_units
    cross join target_groups
    left join outcomes
        on
            reporting_units.year = outcomes.year
            and reporting_units.reporting_unit_code
            = outcomes.reporting_unit_code
            and target_groups.target_group = outcomes.target_group
            and outcomes.outcome = 'used'

),

search as (

    select
        year,
        reporting_unit_code,
        target_group,
        year as source_year,
        reporting_unit_code as source_unit_code,
        cast(1 as decimal(18, 12)) as share,
        false as is_estimated,
        'open' as state
    from expected
    where not is_answered

    union all

    select
        search.year,
        search.reporting_unit_code,
        search.target_group,
        -- R18: what was itself carried forward counts as had: one year back.
        search.source_year - 1 as source_year,
        predecessors.predecessor_code as source_unit_code,
        cast(
            cast(search.share as decimal(24, 12))
            * coalesce(predecessors.share, 1) as decimal(18, 12)
        ) as share,
        search.is_estimated or coalesce(predecessors.is_estimated, false)
            as is_estimated,
        case
            when expected.is_answered then 'answered'
            when expected.is_answered is null then 'dead_end'
            else 'open'
        end as state
    from search
    left join predecessors
        on
            search.source_year = predecessors.year
            and search.source_unit_code = predecessors.reporting_unit_code
    left join expected
        on
            predecessors.year_before = expected.year
            and predecessors.predecessor_code = expected.reporting_unit_code
            and search.target_group = expected.target_group
    where search.state = 'open'

),

final as (

    select
        year,
        reporting_unit_code,
        target_group,
        source_year,
        source_unit_code,
        share,
        is_estimated,
        state = 'answered' as has_answer
    from search
    where state != 'open'

)

select * from final
