{{ config(materialized='table') }}
-- Changes and levels of units that are far from their KOSTRA group's (R23).
-- One row per year, reporting unit and target group.
--
-- The change after Hidiroglou and Berthelot (1986), the level by the robust z
-- of Iglewicz and Hoaglin (1993). Binary floats serve here, since no figure
-- rests on them.

with

parts as (

    select * from {{ ref('int_year_before__parts') }}

),

changes as (

    -- Reported in both years: a carried value changes by nothing, which would
    -- narrow the middle of the group.
    select
        year,
        reporting_unit_code,
        target_group,
        kostra_group_code,
        cast(fte as double)
        / nullif(cast(fte_before as double), 0) as ratio,
        power(
            cast(greatest(fte, fte_before) as double), {{ var('hb_u') }}
        ) as size_effect
    from parts
    where
        status = 'reported'
        and is_reported_before
        and fte > 0
        and fte_before > 0

),

middles_of_changes as (

    select
        year,
        target_group,
        kostra_group_code,
        median(ratio) as median_ratio
    from changes
    group by year, target_group, kostra_group_code
    having count(*) >= {{ var('comparison_group_minimum') }}

),

effects as (

    -- A halving is as far from the middle as a doubling; a large unit's change
    -- weighs more than a small one's.
    select
        changes.year,
        changes.reporting_unit_code,
        changes.target_group,
        changes.kostra_group_code,
        middles_of_changes.median_ratio,
        changes.size_effect * case
            when changes.ratio < middles_of_changes.median_ratio
                then 1 - middles_of_changes.median_ratio / changes.ratio
            else changes.ratio / middles_of_changes.median_ratio - 1
        end as effect
    from changes
    inner join middles_of_changes
        on
            changes.year = middles_of_changes.year
            and changes.target_group = middles_of_changes.target_group
            and changes.kostra_group_code
            = middles_of_changes.kostra_group_code

),

middles_of_effects as (

    select
        year,
        target_group,
        kostra_group_code,
        median(effect) as middle,
        percentile_cont(0.25) within group (order by effect) as lower_quartile,
        percentile_cont(0.75) within group (order by effect) as upper_quartile
    from effects
    group by year, target_group, kostra_group_code

),

judged_changes as (

    select
        effects.year,
        effects.reporting_unit_code,
        effects.target_group,
        -- R23: Hidiroglou and Berthelot.
        effects.effect < middles_of_effects.middle - {{ var('hb_c') }}
        * greatest(
            middles_of_effects.middle - middles_of_effects.lower_quartile,
            abs({{ var('hb_a') }} * middles_of_effects.middle)
        )
        or effects.effect > middles_of_effects.middle + {{ var('hb_c') }}
        * greatest(
            middles_of_effects.upper_quartile - middles_of_effects.middle,
            abs({{ var('hb_a') }} * middles_of_effects.middle)
        ) as is_outlier
    from effects
    inner join middles_of_effects
        on
            effects.year = middles_of_effects.year
            and effects.target_group = middles_of_effects.target_group
            and effects.kostra_group_code
            = middles_of_effects.kostra_group_code

),

levels as (

    -- Carried values belong to the level of a group, so that the first answers
    -- of a year have something to stand beside.
    select
        year,
        reporting_unit_code,
        target_group,
        kostra_group_code,
        status,
        population,
        cast(fte as double) * 1000 / nullif(population, 0) as rate
    from parts
    where status != 'missing' and population > 0

),

middles_of_levels as (

    select
        year,
        target_group,
        kostra_group_code,
        median(rate) as median_rate
    from levels
    group by year, target_group, kostra_group_code
    having count(*) >= {{ var('comparison_group_minimum') }}

),

deviations as (

    select
        levels.*,
        middles_of_levels.median_rate,
        abs(levels.rate - middles_of_levels.median_rate) as deviation
    from levels
    inner join middles_of_levels
        on
            levels.year = middles_of_levels.year
            and levels.target_group = middles_of_levels.target_group
            and levels.kostra_group_code
            = middles_of_levels.kostra_group_code

),

middles_of_deviations as (

    select
        year,
        target_group,
        kostra_group_code,
        median(deviation) as median_deviation
    from deviations
    group by year, target_group, kostra_group_code

),

judged_levels as (

    select
        deviations.year,
        deviations.reporting_unit_code,
        deviations.target_group,
        deviations.status = 'reported'
        -- 0.6745 makes the median deviation that of a normal distribution.
        -- R23: robust z of Iglewicz and Hoaglin.
        and 0.6745 * deviations.deviation
        > {{ var('robust_z_limit') }} * middles_of_deviations.median_deviation
        and middles_of_deviations.median_deviation > 0 as is_outlier,
        deviations.median_rate * deviations.population / 1000 as expected_fte
    from deviations
    inner join middles_of_deviations
        on
            deviations.year = middles_of_deviations.year
            and deviations.target_group = middles_of_deviations.target_group
            and deviations.kostra_group_code
            = middles_of_deviations.kostra_group_code

),

final as (

    select
        parts.year,
        parts.reporting_unit_code,
        parts.target_group,
        coalesce(judged_changes.is_outlier, false) as is_outlier_change,
        coalesce(judged_levels.is_outlier, false) as is_outlier_level,
        {{ decimal_of_double("judged_levels.expected_fte") }}
            as fte_at_median_level,
        {{ decimal_of_double(
            "(cast(parts.fte_before as double)"
            ~ " * middles_of_changes.median_ratio)"
        ) }} as fte_at_median_change
    from parts
    left join judged_changes
        on
            parts.year = judged_changes.year
            and parts.reporting_unit_code
            = judged_changes.reporting_unit_code
            and parts.target_group = judged_changes.target_group
    left join judged_levels
        on
            parts.year = judged_levels.year
            and parts.reporting_unit_code
            = judged_levels.reporting_unit_code
            and parts.target_group = judged_levels.target_group
    left join middles_of_changes
        on
            parts.year = middles_of_changes.year
            and parts.target_group = middles_of_changes.target_group
            and parts.kostra_group_code
            = middles_of_changes.kostra_group_code

)

select * from final
