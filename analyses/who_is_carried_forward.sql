-- Asked by whoever doubts a figure: which units did not answer in the newest
-- year, for which part, and how old are the person-years that stand in?

select
    reporting_unit_code,
    reporting_unit_name,
    target_group,
    status,
    source_year,
    years_carried,
    fte
from {{ ref('fct_response') }}
where
    status != 'reported'
    and year = (select max(years.year) from {{ ref('dim_year') }} as years)
order by reporting_unit_code, target_group
