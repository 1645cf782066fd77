-- The newest year that each region has figures for.
-- One row per region.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

final as (

    select
        region_key,
        max(year) as year
    from indicator
    group by region_key

)

select * from final
