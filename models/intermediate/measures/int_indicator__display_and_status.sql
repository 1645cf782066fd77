{{ config(materialized='table') }}
-- What is shown, what is not, and why (R18, R19, R25).
-- One row per year, region and measure.

with

sums as (

    select * from {{ ref('int_measures__summed') }}

),

regions as (

    select * from {{ ref('int_regions__inhabitants_and_coverage') }}

),

with_reason as (

    select
        sums.series_code,
        sums.year,
        sums.region_level,
        sums.region_code,
        sums.measure_code,
        sums.fte,
        sums.fte_imputed,
        regions.n_municipalities,
        regions.population,
        regions.population_covered,
        regions.is_estimated,
        regions.is_imputed,
        regions.is_reviewed,
        -- Only a municipality or a district needs all its answers: regions
        -- above sum what exists.
        case
            when
                sums.region_level in ('municipality', 'district')
                and not regions.is_complete
                then 'no_answer'
            when not regions.has_any_value then 'no_answer'
            when
                sums.has_fte_not_told_apart
                and (
                    sums.region_level in ('municipality', 'district')
                    or not sums.is_known_of_any_part
                )
                then 'not_told_apart'
            when
                sums.region_level != 'municipality'
                or sums.series_code != 'current'
                then null
            when sums.fte_adults = 0 and sums.fte_children_youth = 0
                then 'no_own_person_years'
            -- R19: without own person-years in either part it is not shown;
            -- unless the var display_rule wants both parts to be without.
            when '{{ var("display_rule") }}' = 'both_parts' then null
            when sums.fte_adults = 0 then 'no_own_adults'
            when sums.fte_children_youth = 0 then 'no_own_children_youth'
        end as not_displayed_reason
    from sums
    inner join regions
        on
            sums.year = regions.year
            and sums.region_level = regions.region_level
            and sums.region_code = regions.region_code

),

final as (

    select
        series_code,
        year,
        region_level,
        region_code,
        measure_code,
        n_municipalities,
        -- Unknown person-years are empty; those of a municipality that is
        -- only not shown remain.
        case
            when not_displayed_reason in ('no_answer', 'not_told_apart')
                then null
            else cast(fte as decimal(18, 8))
        end as fte,
        cast(fte as decimal(18, 8)) as fte_known,
        case
            when not_displayed_reason in ('no_answer', 'not_told_apart')
                then null
            else cast(fte_imputed as decimal(18, 8))
        end as fte_imputed,
        population,
        population_covered,
        not_displayed_reason,
        -- R25: the status, by precedence L, Q, I, E, A.
        case
            when not_displayed_reason in ('no_answer', 'not_told_apart')
                then 'L'
            when not_displayed_reason is not null then 'Q'
            when is_imputed then 'I'
            when is_estimated then 'E'
            else 'A'
        end as obs_status,
        is_imputed,
        is_estimated,
        is_reviewed
    from with_reason

)

select * from final
