-- The quality indicator: person-years per 1,000 inhabitants.
-- One row per series, year, region and measure.

with

decided as (

    select * from {{ ref('int_indicator__decided') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

reasons as (

    select * from {{ ref('not_displayed_reasons') }}

),

with_divisors as (

    -- What is not shown is divided by nothing.
    select
        *,
        case when not_displayed_reason is null then population end as divisor
    from decided

),

divided as (

    -- Every rounding starts from the exact ratio.
    select
        *,
        not_displayed_reason is null as is_displayed,
        {{ exact_ratio("fte", "divisor", 1000, 2) }} as per_1000,
        {{ exact_ratio("fte", "divisor", 1000, 1) }} as per_1000_one_decimal,
        {{ exact_ratio("fte", "divisor", 1000, 8) }} as per_1000_unrounded,
        {{ exact_ratio("fte", "divisor", 1000, 12) }} as rate
    from with_divisors

),

final as (

    select
        divided.series_code,
        divided.year,
        divided.region_level,
        divided.region_code,
        regions.region_key,
        regions.region_name,
        divided.measure_code,
        concat(divided.series_code, ':', divided.measure_code)
            as measure_key,
        divided.fte,
        divided.fte_known,
        divided.population,
        divided.population_covered,
        divided.per_1000,
        divided.per_1000_one_decimal,
        divided.per_1000_unrounded,
        divided.is_displayed,
        divided.not_displayed_reason,
        reasons.name_nb as not_displayed_reason_nb,
        reasons.name_en as not_displayed_reason_en,
        divided.obs_status,
        divided.is_imputed,
        years.is_break,
        case when divided.is_imputed then 'carried_forward' end
            as imputation_method,
        {{ exact_ratio("divided.fte_imputed", "divided.fte", 1, 6) }}
            as imputed_share,
        divided.is_estimated,
        divided.is_reviewed,
        cast(divided.rate - year_before.rate as decimal(18, 8))
            as change_per_1000,
        cast(divided.fte - year_before.fte as decimal(18, 8)) as change_fte,
        {{ exact_ratio(
            "(divided.fte - year_before.fte)", "year_before.fte", 100, 6
        ) }} as change_pct,
        -- A single municipality stands beside its KOSTRA group, or beside the
        -- country where the group is too small to be compared with.
        case
            when divided.region_level != 'municipality' then null
            when
                kostra_groups.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then 'kostra_group'
            else 'country'
        end as comparison_region_level,
        case
            when divided.region_level != 'municipality' then null
            when
                kostra_groups.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then kostra_groups.region_code
            else '0'
        end as comparison_region_code,
        divided.n_municipalities,
        years.is_reconstruction
    from divided
    inner join years
        on divided.year = years.year
    left join regions
        on
            divided.region_level = regions.region_level
            and divided.region_code = regions.region_code
    left join reasons
        on divided.not_displayed_reason = reasons.reason_code
    -- Only inside a series: a change across a break is never computed.
    left join divided as year_before
        on
            divided.series_code = year_before.series_code
            and divided.year - 1 = year_before.year
            and divided.region_level = year_before.region_level
            and divided.region_code = year_before.region_code
            and divided.measure_code = year_before.measure_code
    left join divided as kostra_groups
        on
            kostra_groups.region_level = 'kostra_group'
            and regions.kostra_group_code = kostra_groups.region_code
            and divided.series_code = kostra_groups.series_code
            and divided.year = kostra_groups.year
            and divided.measure_code = kostra_groups.measure_code

)

select * from final
