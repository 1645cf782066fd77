-- Asked by the method's owners: which published figures does the project not
-- reproduce exactly, by how much, and why?

select
    year,
    region_level,
    region_code,
    figure_code,
    unit,
    published,
    computed,
    difference,
    reason_en
from {{ ref('fct_reconciliation') }}
where verdict = 'known_exception'
order by region_level, year, region_code, figure_code
