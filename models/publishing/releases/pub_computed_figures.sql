-- The project's own figures in the shape of the published ones, unrounded.
-- One row per year, region, target group, figure, aspect and unit.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

answer_shares as (

    select * from {{ ref('fct_answer_share') }}
    where size_group_code = 'all'

),

questions as (

    select * from {{ ref('dim_question') }}

),

key_figures as (

    -- Services have codes of their own, so the code says which figure it is.
    select
        *,
        category_code as figure_code
    from {{ ref('fct_key_figure') }}
    where region_level = 'country' and breakdown in ('total', 'service')

),

summaries as (

    select * from {{ ref('int_answers__summaries') }}
    where not is_an_answer_itself

),

shares as (

    select
        answer_shares.year,
        questions.target_group,
        questions.figure_code,
        answer_shares.answer_code as aspect,
        answer_shares.n,
        answer_shares.base
    from answer_shares
    inner join questions
        on answer_shares.question_code = questions.question_code
    union all
    select
        year,
        target_group,
        figure_code,
        summary_code as aspect,
        n,
        base
    from summaries

),

final as (

    select
        year,
        region_level,
        region_code,
        'all' as target_group,
        measure_code as figure_code,
        'level' as aspect,
        'fte_per_1000' as unit,
        per_1000_unrounded as computed,
        -- As published: rounded once, from the exact ratio.
        cast(per_1000_one_decimal as decimal(18, 8)) as computed_one_decimal,
        cast(per_1000 as decimal(18, 8)) as computed_two_decimals
    from indicator

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'level' as aspect,
        'fte' as unit,
        cast(fte as decimal(18, 8)) as computed,
        cast(round(cast(fte as decimal(18, 8)), 1) as decimal(18, 8))
            as computed_one_decimal,
        cast(round(cast(fte as decimal(18, 8)), 2) as decimal(18, 8))
            as computed_two_decimals
    from key_figures

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'change' as aspect,
        'fte' as unit,
        cast(change_fte as decimal(18, 8)) as computed,
        cast(round(cast(change_fte as decimal(18, 8)), 1) as decimal(18, 8))
            as computed_one_decimal,
        cast(round(cast(change_fte as decimal(18, 8)), 2) as decimal(18, 8))
            as computed_two_decimals
    from key_figures
    where change_fte is not null

    union all

    select
        year,
        region_level,
        region_code,
        target_group,
        figure_code,
        'change' as aspect,
        'percent' as unit,
        change_pct as computed,
        cast(round(change_pct, 1) as decimal(18, 8)) as computed_one_decimal,
        cast(round(change_pct, 2) as decimal(18, 8)) as computed_two_decimals
    from key_figures
    where change_pct is not null

    union all

    select
        year,
        'country' as region_level,
        '0' as region_code,
        target_group,
        figure_code,
        aspect,
        'percent' as unit,
        {{ rounded_ratio("n", "base", 100, 8) }} as computed,
        cast({{ rounded_ratio("n", "base", 100, 1) }} as decimal(18, 8))
            as computed_one_decimal,
        cast({{ rounded_ratio("n", "base", 100, 2) }} as decimal(18, 8))
            as computed_two_decimals
    from shares

)

select * from final
