-- Every published figure beside the computed one.
-- One row per published figure.

with

published as (

    select * from {{ ref('pub_published_figures') }}

),

computed as (

    select * from {{ ref('pub_computed_figures') }}

),

exceptions as (

    select * from {{ ref('published_exceptions') }}

),

rounded as (

    -- Both sides at the decimals of the published figure.
    select
        published.*,
        case published.decimals
            when 0 then cast(round(computed.computed, 0) as decimal(18, 8))
            when 1 then computed.computed_one_decimal
            when 2 then computed.computed_two_decimals
        end as computed
    from published
    -- R29: figures of years before a series meet no computed one.
    left join computed
        on
            published.year = computed.year
            and published.region_level = computed.region_level
            and published.region_code = computed.region_code
            and published.target_group = computed.target_group
            and published.figure_code = computed.figure_code
            and published.aspect = computed.aspect
            and published.unit = computed.unit

),

with_exception as (

    -- An empty cell of an exception stands for any value.
    select
        rounded.*,
        cast(rounded.computed - rounded.published as decimal(18, 8))
            as difference,
        exceptions.exception_code,
        coalesce(exceptions.tolerance, 0) as tolerance,
        -- Only an exception without a tolerance says that there is nothing to
        -- compare with.
        exceptions.exception_code is not null
        and exceptions.tolerance is null as is_not_compared,
        exceptions.reason_nb,
        exceptions.reason_en
    from rounded
    left join exceptions
        on
            rounded.source_table = exceptions.source_table
            and rounded.year >= exceptions.first_year
            and rounded.year <= exceptions.last_year
            and rounded.region_level = exceptions.region_level
            and rounded.region_code
            = coalesce(exceptions.region_code, rounded.region_code)
            and rounded.target_group
            = coalesce(exceptions.target_group, rounded.target_group)
            and rounded.figure_code
            = coalesce(exceptions.figure_code, rounded.figure_code)
            and rounded.aspect = coalesce(exceptions.aspect, rounded.aspect)

),

final as (

    select
        concat_ws(
            '|',
            source_table,
            year,
            region_level,
            region_code,
            target_group,
            figure_code,
            aspect,
            unit
        ) as published_figure_key,
        source_table,
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        aspect,
        unit,
        published,
        computed,
        difference,
        tolerance,
        decimals,
        case
            when computed is null and is_not_compared then 'not_compared'
            when computed is null then 'not_computed'
            when difference = 0 then 'equal'
            when abs(difference) <= tolerance then 'known_exception'
            else 'unexplained'
        end as verdict,
        case
            when coalesce(difference, 1) != 0 then exception_code
        end as known_exception,
        case when coalesce(difference, 1) != 0 then reason_nb end as reason_nb,
        case when coalesce(difference, 1) != 0 then reason_en end as reason_en,
        source
    from with_exception

)

select * from final
