-- Every published figure in one shape.
-- One row per published figure.

with

indicator as (

    select * from {{ ref('published_indicator') }}

),

figures as (

    select * from {{ ref('published_figures') }}

),

final as (

    select
        'published_indicator' as source_table,
        year,
        region_level,
        region_code,
        'all' as target_group,
        measure_code as figure_code,
        'level' as aspect,
        'fte_per_1000' as unit,
        cast(per_1000 as decimal(18, 8)) as published,
        2 as decimals,
        'Helsedirektoratet, NKI 153' as source
    from indicator

    union all

    select
        'published_figures' as source_table,
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        aspect,
        unit,
        cast(value as decimal(18, 8)) as published,
        decimals,
        source
    from figures

)

select * from final
