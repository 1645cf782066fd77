-- Asked by readers of the yearly report: where do requests grow, and is it so
-- in small and in large municipalities? Of the units that answered; the base
-- of a small group is small.

select
    answer_shares.year,
    answer_shares.question_nb,
    answer_shares.size_group_nb,
    sum(answer_shares.n) as n,
    max(answer_shares.base) as base,
    sum(answer_shares.share_pct) as per_cent
from {{ ref('fct_answer_share') }} as answer_shares
inner join {{ ref('dim_question') }} as questions
    on answer_shares.question_code = questions.question_code
where
    questions.figure_code
    in ('requests_mental_health', 'requests_substance_use')
    and answer_shares.summary_code = 'increase'
    and answer_shares.base > 0
group by
    answer_shares.year,
    answer_shares.question_nb,
    answer_shares.question_sort_order,
    answer_shares.size_group_nb,
    answer_shares.size_group_sort_order
order by
    answer_shares.year,
    answer_shares.question_sort_order,
    answer_shares.size_group_sort_order
