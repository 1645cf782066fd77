{{ config(group='arsverk') }}
-- R10, R18: what a form shows of the year before adds up to what the unit had.
-- A part that had nothing may have no cell.

with

form_comparison as (

    select * from {{ ref('fct_form_comparison') }}

),

unit_figures as (

    select * from {{ ref('fct_unit_figure') }}
    where breakdown = 'total'

),

unchanged_units as (

    select * from {{ ref('int_reporting_units__unchanged') }}

),

shown as (

    select
        year,
        reporting_unit_code,
        target_group,
        sum(fte_before) as fte_before
    from form_comparison
    group by year, reporting_unit_code, target_group

),

newest_year as (

    select max(year) as year
    from unit_figures

),

expected as (

    select
        unit_figures.year,
        unit_figures.reporting_unit_code,
        unit_figures.target_group,
        unit_figures.fte_before
    from unit_figures
    inner join newest_year
        on unit_figures.year = newest_year.year
    union all
    select
        unchanged_units.year,
        unchanged_units.reporting_unit_code,
        unit_figures.target_group,
        unit_figures.fte as fte_before
    from unit_figures
    inner join unchanged_units
        on
            unit_figures.year = unchanged_units.year_before
            and unit_figures.reporting_unit_code
            = unchanged_units.reporting_unit_code

)

select
    coalesce(expected.year, shown.year) as year,
    coalesce(expected.reporting_unit_code, shown.reporting_unit_code)
        as reporting_unit_code,
    coalesce(expected.target_group, shown.target_group) as target_group,
    expected.fte_before as fte_expected,
    shown.fte_before as fte_shown
from expected
full outer join shown
    on
        expected.year = shown.year
        and expected.reporting_unit_code = shown.reporting_unit_code
        and expected.target_group = shown.target_group
where
    coalesce(expected.fte_before, 0) != coalesce(shown.fte_before, 0)
    or expected.fte_before is null and shown.fte_before is not null
