-- Asked by the health authorities: do small and large municipalities have as
-- many person-years per 1,000 inhabitants, for adults and for children and
-- youth? Groups are sums over sums, never means of rates.

select
    regions.name_nb as size_group,
    key_figures.target_group,
    key_figures.fte,
    key_figures.per_1000,
    key_figures.fte_imputed
from {{ ref('fct_key_figure') }} as key_figures
inner join {{ ref('dim_region') }} as regions
    on key_figures.region_key = regions.region_key
inner join {{ ref('size_groups') }} as size_groups
    on key_figures.region_code = size_groups.size_group_code
where
    key_figures.region_level = 'size_group'
    and key_figures.breakdown = 'total'
    and key_figures.year
    = (select max(years.year) from {{ ref('dim_year') }} as years)
order by size_groups.sort_order, key_figures.target_group
