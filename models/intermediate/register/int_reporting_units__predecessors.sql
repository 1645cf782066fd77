-- Where a unit's person-years of the year before are to be found (R18).
-- One row per year, reporting unit and predecessor in the year before.
--
-- A unit whose code did not change is its own predecessor. There is no row
-- where nothing may be carried: before the first collection year, after a gap,
-- and across a break of series if carry_forward_across_break is false.

with

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

changes as (

    -- A border change that moved people without changing a code moves no
    -- person-years.
    select * from {{ ref('municipality_changes') }}
    -- R18: mergers, splits and new codes decide from whom a unit inherits.
    where kind != 'partial'

),

years_with_one_before as (

    select
        years.year,
        years.year - 1 as year_before,
        -- R10: carried across a break of series perhaps, never compared.
        years.series_code = earlier_years.series_code as is_same_series
    from years
    inner join years as earlier_years
        on years.year - 1 = earlier_years.year
    {# R18: carried across the break of 2024, unless the var says otherwise. #}
    {% if not var('carry_forward_across_break') %}
        where years.series_code = earlier_years.series_code
    {% endif %}

),

final as (

    select
        reporting_units.year,
        reporting_units.reporting_unit_code,
        years_with_one_before.year_before,
        years_with_one_before.is_same_series,
        coalesce(changes.old_code, reporting_units.reporting_unit_code)
            as predecessor_code,
        cast(coalesce(changes.share, 1) as decimal(9, 6)) as share,
        coalesce(changes.is_estimated, false) as is_estimated
    from reporting_units
    inner join years_with_one_before
        on reporting_units.year = years_with_one_before.year
    left join changes
        on
            reporting_units.year = changes.change_year
            and reporting_units.reporting_unit_code = changes.new_code

)

select * from final
