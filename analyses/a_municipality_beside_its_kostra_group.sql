-- Asked by municipalities: what are our own figures, beside our KOSTRA group
-- and the country? (4601 is Bergen.)

select
    own.year,
    own.measure_code,
    own.per_1000 as own_per_1000,
    own.obs_status,
    comparison.region_name as compared_with,
    comparison.per_1000 as group_per_1000,
    country.per_1000 as country_per_1000
from {{ ref('fct_indicator') }} as own
left join {{ ref('fct_indicator') }} as comparison
    on
        own.series_code = comparison.series_code
        and own.year = comparison.year
        and own.measure_code = comparison.measure_code
        and own.comparison_region_level = comparison.region_level
        and own.comparison_region_code = comparison.region_code
left join {{ ref('fct_indicator') }} as country
    on
        own.series_code = country.series_code
        and own.year = country.year
        and own.measure_code = country.measure_code
        and country.region_level = 'country'
where own.region_level = 'municipality' and own.region_code = '4601'
order by own.year, own.measure_code
