{{ config(materialized='table') }}
-- Each unit's person-years beside those it had the year before (R23).
-- One row per year, reporting unit and target group.
--
-- The year before is that of the unit's predecessors, in the codes of this
-- year. It is empty in a series' first year, and where a predecessor had none.

with

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

),

cells as (

    select * from {{ ref('int_year_before__cells') }}

),

predecessors as (

    -- R10: nothing is compared across a break of series.
    select * from {{ ref('int_reporting_units__predecessors') }}
    where is_same_series

),

groups as (

    select * from {{ ref('int_reporting_units__kostra_groups') }}

),

status_before as (

    select
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        bool_and(responses_before.status = 'reported') as is_reported_before,
        bool_and(responses_before.status != 'missing') as has_value_before
    from responses
    inner join predecessors
        on
            responses.year = predecessors.year
            and responses.reporting_unit_code
            = predecessors.reporting_unit_code
    inner join responses as responses_before
        on
            predecessors.year_before = responses_before.year
            and predecessors.predecessor_code
            = responses_before.reporting_unit_code
            and responses.target_group = responses_before.target_group
    group by
        responses.year, responses.reporting_unit_code, responses.target_group

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
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        groups.series_code,
        groups.kostra_group_code,
        groups.population,
        responses.status,
        responses.submission_id,
        case
            when responses.status != 'missing'
                then cast(coalesce(sums.fte, 0) as decimal(18, 8))
        end as fte,
        case
            when status_before.has_value_before
                then cast(coalesce(sums.fte_before, 0) as decimal(18, 8))
        end as fte_before,
        coalesce(status_before.is_reported_before, false) as is_reported_before,
        responses.status != 'missing'
        and coalesce(status_before.has_value_before, false)
        and coalesce(sums.is_every_cell_equal, true) as is_every_cell_equal
    from responses
    left join groups
        on
            responses.year = groups.year
            and responses.reporting_unit_code = groups.reporting_unit_code
    left join status_before
        on
            responses.year = status_before.year
            and responses.reporting_unit_code
            = status_before.reporting_unit_code
            and responses.target_group = status_before.target_group
    left join sums
        on
            responses.year = sums.year
            and responses.reporting_unit_code = sums.reporting_unit_code
            and responses.target_group = sums.target_group

)

select * from final
