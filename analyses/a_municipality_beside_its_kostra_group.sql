-- Asked by municipalities: what are our own figures, beside our KOSTRA group?
-- Levels of single municipalities should be compared with care. (4601 is
-- Bergen.)

select
    comparison.year,
    measures.name_nb as measure,
    comparison.per_1000,
    comparison.comparison_name_nb as compared_with,
    comparison.comparison_per_1000,
    comparison.first_quartile,
    comparison.third_quartile,
    comparison.difference_per_1000,
    comparison.caveat_nb
from {{ ref('fct_comparison') }} as comparison
inner join {{ ref('dim_measure') }} as measures
    on
        comparison.series_code = measures.series_code
        and comparison.measure_code = measures.measure_code
where comparison.region_code = '4601'
order by comparison.year, measures.sort_order
