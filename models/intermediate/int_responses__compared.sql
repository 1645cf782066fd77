{{ config(materialized='table') }}
-- Each unit's person-years beside those it had the year before (R23).
-- One row per year, reporting unit and target group.
--
-- The year before is that of the unit's predecessors, in the codes of this
-- year. It is empty in a series' first year, and where a predecessor had none.

with

decided as (

    select * from {{ ref('int_responses__decided') }}

),

cells as (

    select * from {{ ref('int_responses__cells_compared') }}

),

predecessors as (

    select * from {{ ref('int_reporting_units__predecessors_in_series') }}

),

groups as (

    select * from {{ ref('int_reporting_units__groups') }}

),

status_before as (

    select
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        bool_and(decided_before.status = 'reported') as is_reported_before,
        bool_and(decided_before.status != 'missing') as has_value_before
    from decided
    inner join predecessors
        on
            decided.year = predecessors.year
            and decided.reporting_unit_code
            = predecessors.reporting_unit_code
    inner join decided as decided_before
        on
            predecessors.year_before = decided_before.year
            and predecessors.predecessor_code
            = decided_before.reporting_unit_code
            and decided.target_group = decided_before.target_group
    group by
        decided.year, decided.reporting_unit_code, decided.target_group

),

sums as (

    select
        year,
        reporting_unit_code,
        target_group,
        sum(fte) as fte,
        sum(fte_before) as fte_before,
        bool_and(fte = fte_before) as is_every_cell_equal
    from cells
    group by year, reporting_unit_code, target_group

),

final as (

    select
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        groups.series_code,
        groups.kostra_group_code,
        groups.population,
        decided.status,
        decided.submission_id,
        case
            when decided.status != 'missing'
                then cast(coalesce(sums.fte, 0) as decimal(18, 8))
        end as fte,
        case
            when status_before.has_value_before
                then cast(coalesce(sums.fte_before, 0) as decimal(18, 8))
        end as fte_before,
        coalesce(status_before.is_reported_before, false) as is_reported_before,
        decided.status != 'missing'
        and coalesce(status_before.has_value_before, false)
        and coalesce(sums.is_every_cell_equal, true) as is_every_cell_equal
    from decided
    left join groups
        on
            decided.year = groups.year
            and decided.reporting_unit_code = groups.reporting_unit_code
    left join status_before
        on
            decided.year = status_before.year
            and decided.reporting_unit_code
            = status_before.reporting_unit_code
            and decided.target_group = status_before.target_group
    left join sums
        on
            decided.year = sums.year
            and decided.reporting_unit_code = sums.reporting_unit_code
            and decided.target_group = sums.target_group

)

select * from final
