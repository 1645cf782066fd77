-- A unit's predecessors in the year before, inside a series only (R10).
-- One row per year, reporting unit and predecessor in the year before.

with

predecessors as (

    select * from {{ ref('int_reporting_units__predecessors') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

final as (

    select
        predecessors.year,
        predecessors.reporting_unit_code,
        predecessors.year_before,
        predecessors.predecessor_code,
        predecessors.share,
        predecessors.is_estimated
    from predecessors
    inner join years
        on predecessors.year = years.year
    inner join years as years_before
        on
            predecessors.year_before = years_before.year
            and years.series_code = years_before.series_code

)

select * from final
