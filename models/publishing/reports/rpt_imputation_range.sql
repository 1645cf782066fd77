-- Rates with and without carried-forward person-years: the country, and the
-- counties in which it matters most.
-- One row per year and region.

with

ranges as (

    select * from {{ ref('fct_imputation_range') }}

),

final as (

    select
        year,
        region_name,
        per_1000,
        per_1000_without_imputed,
        row_number() over (
            partition by year
            order by
                case when region_level = 'country' then 0 else 1 end asc,
                range_high - range_low desc,
                region_code asc
        ) as sort_order
    from ranges
    where measure_code = 'total' and per_1000 is not null

)

select * from final
