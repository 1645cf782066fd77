-- Asked by readers of the published indicator: how many person-years per 1,000
-- inhabitants are there in my county, and in the others? In the order of the
-- county codes, since nothing is ranked.

select
    region_name,
    per_1000,
    change_per_1000,
    obs_status
from {{ ref('fct_indicator') }}
where
    region_level = 'county'
    and measure_code = 'total'
    and year = (select max(years.year) from {{ ref('dim_year') }} as years)
order by region_code
