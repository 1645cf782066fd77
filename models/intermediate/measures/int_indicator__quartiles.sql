{{ config(materialized='table') }}
-- The quartiles of the rates of municipalities, by KOSTRA group and for the
-- country (R11, R16).
-- One row per series, year, measure and group.

with

municipalities as (

    select * from {{ ref('int_indicator__rates') }}
    where region_level = 'municipality' and is_displayed

),

groups as (

    select * from {{ ref('int_municipalities__inhabitants_and_groups') }}

),

rates as (

    select
        municipalities.series_code,
        municipalities.year,
        municipalities.measure_code,
        'kostra_group' as region_level,
        groups.kostra_group_code as region_code,
        municipalities.region_code as municipality_code,
        municipalities.per_1000_unrounded as rate
    from municipalities
    inner join groups
        on
            municipalities.year = groups.year
            and municipalities.region_code = groups.municipality_code
    union all
    select
        series_code,
        year,
        measure_code,
        'country' as region_level,
        '0' as region_code,
        region_code as municipality_code,
        per_1000_unrounded as rate
    from municipalities

),

in_order as (

    select
        *,
        row_number() over (
            partition by
                series_code, year, measure_code, region_level, region_code
            order by rate, municipality_code
        ) - 1 as n_before,
        count(*) over (
            partition by
                series_code, year, measure_code, region_level, region_code
        ) as n_rates
    from rates

),

quarters as (

    select 1 as quartile_number
    union all
    select 2 as quartile_number
    union all
    select 3 as quartile_number

),

placed as (

    -- A quartile lies a whole number of quarters above one of the rates.
    select
        in_order.*,
        quarters.quartile_number,
        in_order.n_before - {{ whole_quotient(
            "(in_order.n_rates - 1) * quarters.quartile_number", "4"
        ) }} as n_above_lower,
        mod((in_order.n_rates - 1) * quarters.quartile_number, 4) as n_quarters
    from in_order
    cross join quarters

),

four_fold as (

    select
        series_code,
        year,
        measure_code,
        region_level,
        region_code,
        n_rates,
        quartile_number,
        sum(
            case n_above_lower
                when 0 then rate * (4 - n_quarters)
                when 1 then rate * n_quarters
                else 0
            end
        ) as quartile
    from placed
    group by
        series_code,
        year,
        measure_code,
        region_level,
        region_code,
        n_rates,
        quartile_number

),

rounded as (

    -- The quartiles of a handful of rates say nothing.
    select
        *,
        n_rates >= {{ var('comparison_group_minimum') }} as is_given,
        {{ rounded_ratio("quartile", "4", 1, 2) }} as two_decimals,
        {{ rounded_ratio("quartile", "4", 1, 1) }} as one_decimal
    from four_fold

),

final as (

    select
        series_code,
        year,
        measure_code,
        region_level,
        region_code,
        cast(n_rates as integer) as n_rates,
        max(case when is_given and quartile_number = 1 then two_decimals end)
            as first_quartile,
        max(case when is_given and quartile_number = 1 then one_decimal end)
            as first_quartile_one_decimal,
        max(case when is_given and quartile_number = 2 then two_decimals end)
            as median,
        max(case when is_given and quartile_number = 3 then two_decimals end)
            as third_quartile,
        max(case when is_given and quartile_number = 3 then one_decimal end)
            as third_quartile_one_decimal
    from rounded
    group by
        series_code, year, measure_code, region_level, region_code, n_rates

)

select * from final
