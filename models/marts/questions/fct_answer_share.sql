-- Shares of the answering units, by question, answer and population size (R28).
-- One row per year, question, answer and size group (or `all`).

with

words as (

    select * from {{ ref('sentences') }}

),

answer_outcomes as (

    select * from {{ ref('int_answers__outcome') }}

),

latest_answers as (

    select * from {{ ref('int_answers__latest') }}

),

questions as (

    select * from {{ ref('dim_question') }}

),

answers as (

    select * from {{ ref('dim_answer') }}

),

size_groups as (

    select * from {{ ref('size_groups') }}

),

years as (

    select year
    from answer_outcomes
    group by year

),

groups as (

    select
        'all' as size_group_code,
        {{ sentence("all_units", "nb", {}) }} as name_nb,
        {{ sentence("all_units", "en", {}) }} as name_en,
        0 as sort_order
    union all
    select
        size_group_code,
        name_nb,
        name_en,
        sort_order
    from size_groups

),

in_groups as (

    select
        year,
        question_code,
        answer_code,
        reporting_unit_code,
        size_group_code,
        is_reconstruction
    from latest_answers
    union all
    select
        year,
        question_code,
        answer_code,
        reporting_unit_code,
        'all' as size_group_code,
        is_reconstruction
    from latest_answers

),

bases as (

    select
        year,
        question_code,
        size_group_code,
        -- R28: over the units that answered the question.
        count(distinct reporting_unit_code) as base,
        bool_or(is_reconstruction) as is_reconstruction
    from in_groups
    group by year, question_code, size_group_code

),

numbers as (

    select
        year,
        question_code,
        answer_code,
        size_group_code,
        count(*) as n
    from in_groups
    group by year, question_code, answer_code, size_group_code

),

final as (

    select
        years.year,
        questions.question_code,
        questions.question_nb,
        questions.question_en,
        questions.target_group,
        answers.answer_code,
        answers.answer_nb,
        answers.answer_en,
        answers.summary_code,
        groups.size_group_code,
        groups.name_nb as size_group_nb,
        groups.name_en as size_group_en,
        cast(coalesce(numbers.n, 0) as integer) as n,
        cast(coalesce(bases.base, 0) as integer) as base,
        {{ rounded_ratio(
            "coalesce(numbers.n, 0)", "coalesce(bases.base, 0)", 1, 8
        ) }} as share,
        {{ rounded_ratio(
            "coalesce(numbers.n, 0)", "coalesce(bases.base, 0)", 100, 8
        ) }} as share_pct,
        questions.sort_order as question_sort_order,
        answers.sort_order as answer_sort_order,
        groups.sort_order as size_group_sort_order,
        coalesce(bases.is_reconstruction, false) as is_reconstruction
    from years
    inner join questions
        on
            years.year >= questions.first_year
            and years.year <= coalesce(questions.last_year, years.year)
    inner join answers
        on questions.question_code = answers.question_code
    cross join groups
    left join bases
        on
            years.year = bases.year
            and questions.question_code = bases.question_code
            and groups.size_group_code = bases.size_group_code
    left join numbers
        on
            years.year = numbers.year
            and questions.question_code = numbers.question_code
            and answers.answer_code = numbers.answer_code
            and groups.size_group_code = numbers.size_group_code

)

select * from final
