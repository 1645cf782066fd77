-- Shares of answers in whole per cents, as the report shows them.
-- One row per year, question, answer and size group (or `all`).

with

shares as (

    select * from {{ ref('fct_answer_share') }}

),

questions as (

    select * from {{ ref('dim_question') }}

),

final as (

    select
        shares.year,
        shares.question_code,
        shares.question_nb,
        shares.question_en,
        shares.target_group,
        shares.answer_code,
        shares.answer_nb,
        shares.answer_en,
        shares.summary_code,
        shares.size_group_code,
        shares.size_group_nb,
        shares.size_group_en,
        shares.n,
        shares.base,
        shares.share,
        shares.share_pct,
        shares.question_sort_order,
        shares.answer_sort_order,
        shares.size_group_sort_order,
        shares.is_reconstruction,
        questions.is_multiple,
        {{ rounded_figure("shares.share_pct", 0) }} as share_rounded,
        row_number() over (
            partition by shares.year
            order by
                shares.question_sort_order,
                shares.answer_sort_order,
                shares.size_group_sort_order
        ) as sort_order
    from shares
    inner join questions
        on shares.question_code = questions.question_code

)

select * from final
