{{ config(materialized='table') }}
-- The rates: person-years per 1,000 inhabitants, each rounded from the exact
-- ratio (R12, R13, R14).
-- One row per series, year, region and measure.

with

indicator as (

    select * from {{ ref('int_indicator__display_and_status') }}

),

with_divisors as (

    -- R13: sum of person-years by sum of inhabitants. What is not shown is
    -- divided by nothing.
    select
        *,
        case when not_displayed_reason is null then population end as divisor
    from indicator

),

final as (

    select
        series_code,
        year,
        region_level,
        region_code,
        measure_code,
        n_municipalities,
        fte,
        fte_known,
        fte_imputed,
        population,
        population_covered,
        not_displayed_reason,
        obs_status,
        is_imputed,
        is_estimated,
        is_reviewed,
        divisor,
        not_displayed_reason is null as is_displayed,
        -- R14: each of them from the exact ratio, never from another one.
        {{ rounded_ratio("fte", "divisor", 1000, 2) }} as per_1000,
        {{ rounded_ratio("fte", "divisor", 1000, 1) }} as per_1000_one_decimal,
        {{ rounded_ratio("fte", "divisor", 1000, 8) }} as per_1000_unrounded,
        {{ rounded_ratio("fte", "divisor", 1000, 12) }} as rate,
        {{ rounded_ratio("fte_imputed", "fte", 1, 6) }} as imputed_share
    from with_divisors

)

select * from final
