{{ config(materialized='table') }}
-- Each unit's person-years beside those it had the year before, cell by cell.
-- One row per year, reporting unit, target group, service and education.

with

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}

),

predecessors as (

    -- R10: nothing is compared across a break of series.
    select * from {{ ref('int_reporting_units__predecessors') }}
    where is_same_series

),

cells_of_both_years as (

    select
        year,
        reporting_unit_code,
        target_group,
        service_code,
        education_code,
        fte,
        cast(0 as decimal(18, 8)) as fte_before,
        false as is_of_year_before
    from cells
    union all
    select
        predecessors.year,
        predecessors.reporting_unit_code,
        cells.target_group,
        cells.service_code,
        cells.education_code,
        cast(0 as decimal(18, 8)) as fte,
        case
            when predecessors.share = 1 then cells.fte
            else cast(
                cast(cells.fte as decimal(28, 8)) * predecessors.share
                as decimal(18, 8)
            )
        end as fte_before,
        true as is_of_year_before
    from predecessors
    inner join cells
        on
            predecessors.year_before = cells.year
            and predecessors.predecessor_code
            = cells.reporting_unit_code

),

final as (

    select
        year,
        reporting_unit_code,
        target_group,
        service_code,
        education_code,
        cast(sum(fte) as decimal(18, 8)) as fte,
        cast(sum(fte_before) as decimal(18, 8)) as fte_before,
        bool_or(is_of_year_before) as is_in_year_before
    from cells_of_both_years
    group by
        year, reporting_unit_code, target_group, service_code, education_code

)

select * from final
