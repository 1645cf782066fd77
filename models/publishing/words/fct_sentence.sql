-- The result in words, as the yearly report and the indicator's page put it.
-- One row per year and sentence.
{% set sections = {
    "result": ["headline", "health_education"],
    "person_years": [
        "person_years_total",
        "person_years_adults",
        "person_years_children_youth",
        "person_years_health_station",
    ],
    "questions": [
        "requests_mental_health_children_youth",
        "requests_mental_health_adults",
        "requests_substance_use_children_youth",
        "requests_substance_use_adults",
        "staff_use",
        "staff_use_by_size",
        "staff_use_changes",
        "discharge_problems",
        "discharge_problem_reasons",
        "cooperation_pathway_3",
        "open_afternoon_or_evening",
    ],
    "notes": [
        "carried_forward",
        "missing",
        "not_shown",
        "borders",
        "rounding",
        "published_differs",
        "break_of_series",
        "break_in_series",
        "provenance",
        "provenance_of_change",
        "provenance_of_answers",
    ],
} %}

with

sentences as (

    {% for section in sections %}
        select
            '{{ section }}' as section,
            year,
            sentence_code,
            text_nb,
            text_en
        from {{ ref('pub_sentences__' ~ section) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

years as (

    select * from {{ ref('dim_year') }}

),

answers as (

    select
        year,
        bool_or(is_reconstruction) as is_reconstruction
    from {{ ref('fct_answer_share') }}
    group by year

),

final as (

    select
        sentences.year,
        sentences.sentence_code,
        sentences.section,
        case sentences.sentence_code
            {% for code in sections.values() | sum(start=[]) %}
                when '{{ code }}' then {{ loop.index }}
            {% endfor %}
        end as sort_order,
        sentences.text_nb,
        sentences.text_en,
        case
            when sentences.section = 'questions' then answers.is_reconstruction
            else years.is_reconstruction
        end as is_reconstruction
    from sentences
    inner join years
        on sentences.year = years.year
    left join answers
        on sentences.year = answers.year

)

select * from final
