-- The units that are the same in the newest collection year and in the year
-- after it, which is not collected yet (R10, R17).
-- One row per reporting unit, if both years are of one series; else none.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

series as (

    select * from {{ ref('series') }}

),

registered as (

    select * from {{ ref('int_reporting_units__registered') }}

),

changes as (

    -- A border change that moved people without changing a code moves no
    -- person-years.
    select * from {{ ref('municipality_changes') }}
    where kind != 'partial'

),

newest_year as (

    select *
    from years
    qualify row_number() over (order by year desc) = 1

),

year_to_come as (

    select
        newest_year.year + 1 as year,
        newest_year.year as year_before
    from newest_year
    inner join series
        on newest_year.series_code = series.series_code
    where newest_year.year < coalesce(series.last_year, newest_year.year + 1)

),

codes_that_succeed as (

    -- A municipality that takes in others or loses a part keeps its code.
    select
        change_year as year,
        new_code as reporting_unit_code
    from changes
    group by change_year, new_code

),

final as (

    select
        year_to_come.year,
        reporting_units.reporting_unit_code,
        year_to_come.year_before
    from year_to_come
    inner join registered as reporting_units
        on year_to_come.year = reporting_units.year
    inner join registered as units_before
        on
            year_to_come.year_before = units_before.year
            and reporting_units.reporting_unit_code
            = units_before.reporting_unit_code
    left join codes_that_succeed
        on
            year_to_come.year = codes_that_succeed.year
            and reporting_units.reporting_unit_code
            = codes_that_succeed.reporting_unit_code
    where codes_that_succeed.year is null

)

select * from final
