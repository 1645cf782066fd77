-- What a unit's form of a year shows beside its cells: the person-years that
-- it had the year before.
-- One row per year, reporting unit, target group, service and education.
--
-- Two forms can be out: that of the newest collection year and that of the year
-- after it, which is not collected yet.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}

),

cells_compared as (

    select * from {{ ref('int_year_before__cells') }}

),

parts as (

    select * from {{ ref('int_year_before__parts') }}

),

unchanged_units as (

    select * from {{ ref('int_reporting_units__unchanged') }}

),

newest_year as (

    select max(year) as year
    from years

),

forms_of_the_newest_year as (

    -- Inner joins on purpose: only parts that have a value the year before.
    select
        cells_compared.year,
        cells_compared.reporting_unit_code,
        cells_compared.target_group,
        cells_compared.service_code,
        cells_compared.education_code,
        cells_compared.year - 1 as year_before,
        cells_compared.fte_before,
        not parts.is_reported_before as is_carried_before
    from cells_compared
    inner join newest_year
        on cells_compared.year = newest_year.year
    inner join parts
        on
            cells_compared.year = parts.year
            and cells_compared.reporting_unit_code
            = parts.reporting_unit_code
            and cells_compared.target_group = parts.target_group
            and parts.fte_before is not null
    where cells_compared.is_in_year_before

),

forms_of_the_year_after as (

    -- An inner join on purpose: a part without a value has no cells.
    select
        unchanged_units.year,
        cells.reporting_unit_code,
        cells.target_group,
        cells.service_code,
        cells.education_code,
        unchanged_units.year_before,
        cells.fte as fte_before,
        cells.is_carried as is_carried_before
    from cells
    inner join unchanged_units
        on
            cells.year = unchanged_units.year_before
            and cells.reporting_unit_code
            = unchanged_units.reporting_unit_code

),

final as (

    select * from forms_of_the_newest_year
    union all
    select * from forms_of_the_year_after

)

select * from final
