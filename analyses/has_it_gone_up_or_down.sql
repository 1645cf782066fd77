-- Asked by journalists: has the number of person-years gone up or down, for
-- adults and for children and youth? A series' first year has no change, and
-- the two series are never compared.

select
    series_code,
    year,
    target_group,
    fte,
    change_fte,
    change_pct_one_decimal,
    is_break,
    is_reconstruction
from {{ ref('fct_key_figure') }}
where region_level = 'country' and breakdown = 'total'
order by year, target_group
