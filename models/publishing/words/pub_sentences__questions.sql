-- The answers to the form's other questions in words (R28).
-- One row per year and sentence.

with

words as (

    select * from {{ ref('sentences') }}

),

shares as (

    select * from {{ ref('fct_answer_share') }}
    where base > 0

),

summaries as (

    select * from {{ ref('int_answers__summaries') }}

),

whole_per_cents as (

    select
        year,
        question_code,
        answer_code,
        {{ inside_a_sentence("answer_nb") }} as answer_nb,
        {{ inside_a_sentence("answer_en") }} as answer_en,
        answer_sort_order,
        size_group_code,
        size_group_nb,
        size_group_en,
        size_group_sort_order,
        n,
        base,
        cast({{ rounded_ratio("n", "base", 100, 0) }} as string) as share
    from shares

),

of_all_units as (

    select
        year,
        cast(year as string) as year_text,
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

of_summaries as (

    select
        year,
        cast(year as string) as year_text,
        question_code,
        summary_code,
        base,
        cast({{ rounded_ratio("n", "base", 100, 0) }} as string) as share
    from summaries

),

requests_of_all_units as (

    select
        of_all_units.*,
        decreases.share as decrease_share,
        unknowns.share as unknown_share
    from of_all_units
    left join of_summaries as decreases
        on
            of_all_units.year = decreases.year
            and of_all_units.question_code = decreases.question_code
            and decreases.summary_code = 'decrease'
    left join of_summaries as unknowns
        on
            of_all_units.year = unknowns.year
            and of_all_units.question_code = unknowns.question_code
            and unknowns.summary_code = 'do_not_know'

),

several as (

    -- Questions with several answers: the one that most units gave comes first,
    -- "other" last.
    select
        question_code,
        base,
        {% for language in ["nb", "en"] %}
            {{ joined_text(
                sentence("share_of_an_answer", language, {
                    "answer": "answer_" ~ language,
                    "share": "share",
                }),
                ", ",
                "case when answer_code = 'other' then 1 else 0 end, n desc,"
                ~ " answer_sort_order"
            ) }} as shares_{{ language }},
        {% endfor %}
        cast(year as string) as year_text,
        year
    from whole_per_cents
    where
        question_code in ('staff_use_changes', 'discharge_problem_reasons')
        and size_group_code = 'all'
    group by question_code, year, base

),

sizes as (

    select
        {% for language in ["nb", "en"] %}
            {{ joined_text(
                sentence("share_of_a_group", language, {
                    "group": "lower(size_group_" ~ language ~ ")",
                    "share": "share",
                    "base": whole_number_text("base", language),
                }),
                "; ",
                "size_group_sort_order"
            ) }} as shares_{{ language }},
        {% endfor %}
        cast(year as string) as year_text,
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
                    "year": "year_text",
                    "small": "small_share",
                    "large": "large_share",
                    "unchanged": "unchanged_share",
                    "decrease": "decrease_share",
                    "unknown": "unknown_share",
                    "base": whole_number_text("base", language),
                }) }} as text_{{ language }},
            {% endfor %}
            year
        from requests_of_all_units
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
                    "year": "year_text",
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

all_sentences as (

    select * from requests
    union all
    select * from single_answers
    union all
    select
        'staff_use' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("staff_use", language, {
                "year": "year_text",
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
                "year": "year_text",
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
                "year": "year_text",
                "share": "share",
                "base": whole_number_text("base", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from of_summaries
    where
        question_code = 'discharge_problems'
        and summary_code = 'large_or_some'
    union all
    select
        question_code as sentence_code,
        {% for language in ["nb", "en"] %}
            {% set values = {
                "year": "year_text",
                "shares": "shares_" ~ language,
                "base": whole_number_text("base", language),
            } %}
            case question_code
                when 'staff_use_changes'
                    then {{ sentence("staff_use_changes", language, values) }}
                else {{ sentence(
                    "discharge_problem_reasons", language, values
                ) }}
            end as text_{{ language }},
        {% endfor %}
        year
    from several

),

final as (

    -- A question with other answers than these has no sentence.
    select * from all_sentences
    where text_nb is not null

)

select * from final
