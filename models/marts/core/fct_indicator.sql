-- The quality indicator: person-years per 1,000 inhabitants.
-- One row per series, year, region and measure.

with

rates as (

    select * from {{ ref('int_indicator__rates') }}

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

final as (

    select
        rates.series_code,
        rates.year,
        rates.region_level,
        rates.region_code,
        regions.region_key,
        regions.region_name,
        rates.measure_code,
        concat(rates.series_code, ':', rates.measure_code)
            as measure_key,
        rates.fte,
        rates.fte_known,
        rates.population,
        rates.population_covered,
        rates.per_1000,
        rates.per_1000_one_decimal,
        rates.per_1000_unrounded,
        rates.is_displayed,
        rates.not_displayed_reason,
        reasons.name_nb as not_displayed_reason_nb,
        reasons.name_en as not_displayed_reason_en,
        rates.obs_status,
        rates.is_imputed,
        years.is_break,
        case when rates.is_imputed then 'carried_forward' end
            as imputation_method,
        rates.imputed_share,
        rates.is_estimated,
        rates.is_reviewed,
        cast(rates.rate - year_before.rate as decimal(18, 8))
            as change_per_1000,
        cast(rates.fte - year_before.fte as decimal(18, 8)) as change_fte,
        {{ rounded_ratio(
            "(rates.fte - year_before.fte)", "year_before.fte", 100, 6
        ) }} as change_pct,
        -- R11, R16: a municipality stands beside its KOSTRA group, or beside
        -- the country where the group is too small to be compared with.
        case
            when rates.region_level != 'municipality' then null
            when
                kostra_groups.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then 'kostra_group'
            else 'country'
        end as comparison_region_level,
        case
            when rates.region_level != 'municipality' then null
            when
                kostra_groups.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then kostra_groups.region_code
            else '0'
        end as comparison_region_code,
        rates.n_municipalities,
        years.is_reconstruction
    from rates
    inner join years
        on rates.year = years.year
    left join regions
        on
            rates.region_level = regions.region_level
            and rates.region_code = regions.region_code
    left join reasons
        on rates.not_displayed_reason = reasons.reason_code
    -- R10: only inside a series; no change is computed across 2023/2024.
    left join rates as year_before
        on
            rates.series_code = year_before.series_code
            and rates.year - 1 = year_before.year
            and rates.region_level = year_before.region_level
            and rates.region_code = year_before.region_code
            and rates.measure_code = year_before.measure_code
    left join rates as kostra_groups
        on
            kostra_groups.region_level = 'kostra_group'
            and regions.kostra_group_code = kostra_groups.region_code
            and rates.series_code = kostra_groups.series_code
            and rates.year = kostra_groups.year
            and rates.measure_code = kostra_groups.measure_code

)

select * from final
