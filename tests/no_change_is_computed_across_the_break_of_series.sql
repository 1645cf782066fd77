-- R10: the first year of a series has no change, and no region changes
-- between 2023 and 2024.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

series as (

    select * from {{ ref('dim_series') }}

)

select
    indicator.year,
    indicator.region_key,
    indicator.measure_code
from indicator
inner join series
    on indicator.series_code = series.series_code
where
    indicator.year = series.first_year
    and (
        indicator.change_per_1000 is not null
        or indicator.change_fte is not null
        or indicator.change_pct is not null
    )
