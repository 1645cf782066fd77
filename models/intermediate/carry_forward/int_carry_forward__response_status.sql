{{ config(materialized='table') }}
-- What each unit's person-years rest on, part by part (R17, R18, R20).
-- One row per year, reporting unit and target group: silence is a row too.

with

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

target_groups as (

    select * from {{ ref('target_groups') }}

),

outcomes as (

    select * from {{ ref('int_submissions__latest_valid') }}

),

sources as (

    select * from {{ ref('int_carry_forward__sources') }}

),

carried as (

    -- R18: carried only if every predecessor has something to carry, and
    -- nothing is older than allowed.
    select
        year,
        reporting_unit_code,
        target_group,
        cast(min(source_year) as integer) as source_year
    from sources
    group by year, reporting_unit_code, target_group
    having
        bool_and(has_answer)
        -- No limit: as many years as there are.
        and year - min(source_year) <= {{
            9999 if var('carry_forward_max_years') is none
            else var('carry_forward_max_years')
        }}

),

parts_received as (

    -- What came in from the unit for the part, usable or not.
    select
        year,
        reporting_unit_code,
        target_group,
        -- A decision about a part that counts, or that could have counted.
        bool_or(
            review_decisions is not null and outcome in ('used', 'rejected')
        ) as is_reviewed
    from outcomes
    group by year, reporting_unit_code, target_group

),

final as (

    select
        reporting_units.year,
        reporting_units.reporting_unit_code,
        reporting_units.reporting_unit_name,
        reporting_units.unit_kind,
        reporting_units.municipality_code,
        reporting_units.population,
        target_groups.target_group,
        case
            -- R18: an answer is never replaced, a zero neither.
            when outcomes.submission_id is not null then 'reported'
            -- R18: a silent unit keeps what it had.
            when carried.source_year is not null then 'carried_forward'
            else 'missing'
        end as status,
        outcomes.submission_id,
        case
            when outcomes.submission_id is not null then reporting_units.year
            else carried.source_year
        end as source_year,
        case
            when outcomes.submission_id is not null then 'received'
            when parts_received.year is not null then 'rejected'
            else 'missing'
        end as receipt_status,
        coalesce(parts_received.is_reviewed, false) as is_reviewed
    from reporting_units
    cross join target_groups
    left join outcomes
        on
            reporting_units.year = outcomes.year
            and reporting_units.reporting_unit_code
            = outcomes.reporting_unit_code
            and target_groups.target_group = outcomes.target_group
            and outcomes.outcome = 'used'
    left join parts_received
        on
            reporting_units.year = parts_received.year
            and reporting_units.reporting_unit_code
            = parts_received.reporting_unit_code
            and target_groups.target_group = parts_received.target_group
    left join carried
        on
            reporting_units.year = carried.year
            and reporting_units.reporting_unit_code
            = carried.reporting_unit_code
            and target_groups.target_group = carried.target_group

)

select * from final
