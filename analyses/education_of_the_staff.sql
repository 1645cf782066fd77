-- Asked by those who plan training: what education does the staff have, for
-- adults and for children and youth, and how does that change? The categories
-- of the two series differ.

select
    year,
    target_group,
    category_nb as education,
    fte,
    share_pct,
    change_fte
from {{ ref('fct_key_figure') }}
where region_level = 'country' and breakdown = 'education'
order by year, target_group, sort_order
