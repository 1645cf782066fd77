-- The answers to the form's other questions in words (R28).
-- One row per year and sentence.

with

shares as (

    select * from {{ ref('fct_answer_share') }}
    where base > 0

),

summaries as (

    select * from {{ ref('int_answers__summarised') }}

),

whole_per_cents as (

    select
        year,
        question_code,
        answer_code,
        lower(answer_nb) as answer_nb,
        lower(answer_en) as answer_en,
        answer_sort_order,
        size_group_code,
        size_group_nb,
        size_group_en,
        size_group_sort_order,
        n,
        base,
        cast({{ exact_ratio("n", "base", 100, 0) }} as string) as share
    from shares

),

of_all_units as (

    select
        year,
        question_code,
        base,
        max(case when answer_code = 'small_increase' then share end)
            as small_share,
        max(case when answer_code = 'large_increase' then share end)
            as large_share,
        max(case when answer_code = 'unchanged' then share end)
            as unchanged_share,
        max(case when answer_code = 'changed' then share end) as changed_share,
        max(case when answer_code = 'planned' then share end) as planned_share,
        max(case when answer_code = 'poor' then share end) as poor_share,
        max(case when answer_code = 'yes' then share end) as yes_share
    from whole_per_cents
    where size_group_code = 'all'
    group by year, question_code, base

),

problems as (

    select
        year,
        base,
        cast({{ exact_ratio("n", "base", 100, 0) }} as string) as share
    from summaries
    where
        question_code = 'discharge_problems'
        and summary_code = 'large_or_some'

),

reasons as (

    -- The reason that most units gave comes first.
    select
        base,
        {% for language in ["nb", "en"] %}
            {{ joined_text(
                sentence("reason", language, {
                    "reason": "answer_" ~ language,
                    "share": "share",
                }),
                ", ",
                "n desc, answer_sort_order"
            ) }} as shares_{{ language }},
        {% endfor %}
        year
    from whole_per_cents
    where
        question_code = 'discharge_problem_reasons'
        and size_group_code = 'all'
        and answer_code != 'other'
    group by year, base

),

sizes as (

    select
        {% for language in ["nb", "en"] %}
            {{ joined_text(
                sentence("staff_use_of_size", language, {
                    "group": "lower(size_group_" ~ language ~ ")",
                    "share": "share",
                }),
                "; ",
                "size_group_sort_order"
            ) }} as shares_{{ language }},
        {% endfor %}
        year
    from whole_per_cents
    where
        question_code = 'staff_use'
        and answer_code = 'changed'
        and size_group_code != 'all'
    group by year

),

requests as (

    {% for question in [
        "requests_mental_health_children_youth",
        "requests_mental_health_adults",
        "requests_substance_use_children_youth",
        "requests_substance_use_adults",
    ] %}
        select
            '{{ question }}' as sentence_code,
            {% for language in ["nb", "en"] %}
                {{ sentence(question, language, {
                    "small": "small_share",
                    "large": "large_share",
                    "unchanged": "unchanged_share",
                    "base": whole_number_text("base", language),
                }) }} as text_{{ language }},
            {% endfor %}
            year
        from of_all_units
        where question_code = '{{ question }}'
        {{ "union all" if not loop.last }}
    {% endfor %}

),

single_answers as (

    {% for question, answer in [
        ("cooperation_pathway_3", "poor"),
        ("open_afternoon_or_evening", "yes"),
    ] %}
        select
            '{{ question }}' as sentence_code,
            {% for language in ["nb", "en"] %}
                {{ sentence(question, language, {
                    "share": answer ~ "_share",
                    "base": whole_number_text("base", language),
                }) }} as text_{{ language }},
            {% endfor %}
            year
        from of_all_units
        where question_code = '{{ question }}'
        {{ "union all" if not loop.last }}
    {% endfor %}

),

final as (

    select * from requests
    union all
    select * from single_answers
    union all
    select
        'staff_use' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("staff_use", language, {
                "changed": "changed_share",
                "planned": "planned_share",
                "base": whole_number_text("base", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from of_all_units
    where question_code = 'staff_use'
    union all
    select
        'staff_use_by_size' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("staff_use_by_size", language, {
                "shares": "shares_" ~ language,
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from sizes
    union all
    select
        'discharge_problems' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("discharge_problems", language, {
                "share": "share",
                "base": whole_number_text("base", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from problems
    union all
    select
        'discharge_problem_reasons' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("discharge_problem_reasons", language, {
                "shares": "shares_" ~ language,
                "base": whole_number_text("base", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from reasons

)

select * from final
