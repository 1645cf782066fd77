-- The project's own figures in the shape of the published ones, unrounded.
-- One row per year, region, target group, figure, aspect and unit.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

fte as (

    select * from {{ ref('fct_fte') }}
    where region_level = 'country'

),

by_target_group as (

    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        'total' as figure_code,
        sum(fte) as fte
    from fte
    group by series_code, year, region_level, region_code, target_group

),

by_both_target_groups as (

    select
        series_code,
        year,
        region_level,
        region_code,
        'all' as target_group,
        'total' as figure_code,
        sum(fte) as fte
    from fte
    group by series_code, year, region_level, region_code

),

by_service as (

    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        service_code as figure_code,
        sum(fte) as fte
    from fte
    group by
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        service_code

),

levels as (

    select * from by_target_group
    union all
    select * from by_both_target_groups
    union all
    select * from by_service

),

changes as (

    select
        levels.year,
        levels.region_level,
        levels.region_code,
        levels.target_group,
        levels.figure_code,
        levels.fte - year_before.fte as change_fte,
        {{ exact_ratio(
            "(levels.fte - year_before.fte)", "year_before.fte", 100, 8
        ) }} as change_pct
    from levels
    inner join levels as year_before
        on
            levels.series_code = year_before.series_code
            and levels.year - 1 = year_before.year
            and levels.region_level = year_before.region_level
            and levels.region_code = year_before.region_code
            and levels.target_group = year_before.target_group
            and levels.figure_code = year_before.figure_code

),

final as (

    select
        year,
        region_level,
        region_code,
        'all' as target_group,
        measure_code as figure_code,
        'level' as aspect,
        'fte_per_1000' as unit,
        per_1000_unrounded as computed,
        -- As published: rounded once, from the exact ratio.
        cast(per_1000_one_decimal as decimal(18, 8)) as computed_one_decimal,
        cast(per_1000 as decimal(18, 8)) as computed_two_decimals
    from indicator

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'level' as aspect,
        'fte' as unit,
        cast(fte as decimal(18, 8)) as computed,
        cast(round(cast(fte as decimal(18, 8)), 1) as decimal(18, 8))
            as computed_one_decimal,
        cast(round(cast(fte as decimal(18, 8)), 2) as decimal(18, 8))
            as computed_two_decimals
    from levels

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'change' as aspect,
        'fte' as unit,
        cast(change_fte as decimal(18, 8)) as computed,
        cast(round(cast(change_fte as decimal(18, 8)), 1) as decimal(18, 8))
            as computed_one_decimal,
        cast(round(cast(change_fte as decimal(18, 8)), 2) as decimal(18, 8))
            as computed_two_decimals
    from changes

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'change' as aspect,
        'percent' as unit,
        change_pct as computed,
        cast(round(change_pct, 1) as decimal(18, 8)) as computed_one_decimal,
        cast(round(change_pct, 2) as decimal(18, 8)) as computed_two_decimals
    from changes

)

select * from final
