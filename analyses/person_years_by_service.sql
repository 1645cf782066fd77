-- Asked by analysts: how do the country's person-years spread over services,
-- year by year and for each target group? The two series stay apart.

select
    fte.series_code,
    fte.year,
    fte.target_group,
    services.name_nb as service,
    sum(fte.fte) as fte,
    sum(fte.fte_imputed) as fte_imputed
from {{ ref('fct_fte') }} as fte
inner join {{ ref('dim_service') }} as services
    on fte.service_code = services.service_code
where fte.region_level = 'country'
group by
    fte.series_code,
    fte.year,
    fte.target_group,
    services.name_nb,
    services.sort_order
order by fte.year, fte.target_group, services.sort_order
