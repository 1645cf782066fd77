-- Asked by readers of the yearly report: where do requests grow, and is it so
-- in small and in large municipalities? Of the units that answered; the base
-- of a small group is small.

select
    shares.year,
    shares.question_nb,
    shares.size_group_nb,
    sum(shares.n) as n,
    max(shares.base) as base,
    sum(shares.share_pct) as per_cent
from {{ ref('fct_answer_share') }} as shares
inner join {{ ref('dim_question') }} as questions
    on shares.question_code = questions.question_code
where
    questions.figure_code
    in ('requests_mental_health', 'requests_substance_use')
    and shares.summary_code = 'increase'
    and shares.base > 0
group by
    shares.year,
    shares.question_nb,
    shares.question_sort_order,
    shares.size_group_nb,
    shares.size_group_sort_order
order by
    shares.year, shares.question_sort_order, shares.size_group_sort_order
