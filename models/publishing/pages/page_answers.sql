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
        shares.*,
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
