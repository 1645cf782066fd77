-- The key figures of the country in words, with their change (R27).
-- One row per year and sentence.

with

words as (

    select * from {{ ref('sentences') }}

),

key_figures as (

    select * from {{ ref('fct_key_figure') }}
    where region_level = 'country' and fte is not null

),

chosen as (

    -- Services are given in whole per cent, totals with one decimal.
    select
        *,
        'person_years_total' as sentence_code,
        cast(abs(change_pct_one_decimal) as string) as change_pct_text
    from key_figures
    where target_group = 'all' and breakdown = 'total'
    union all
    select
        *,
        concat('person_years_', target_group) as sentence_code,
        cast(abs(change_pct_one_decimal) as string) as change_pct_text
    from key_figures
    where target_group != 'all' and breakdown = 'total'
    union all
    -- What a sentence is about stands beside its text.
    select
        key_figures.*,
        words.sentence_code,
        cast(
            abs(
                {{ rounded_ratio("change_fte", "fte_before", 100, 0) }}
            ) as string
        ) as change_pct_text
    from key_figures
    inner join words
        on
            key_figures.breakdown = 'service'
            and key_figures.category_code = words.about_service_code
    where key_figures.target_group = 'children_youth'

),

rounded as (

    select
        year,
        sentence_code,
        cast(year as string) as year_text,
        cast(year - 1 as string) as year_before,
        {{ rounded_ratio("fte", "1", 1, 0) }} as fte,
        {{ rounded_ratio("change_fte", "1", 1, 0) }} as change_fte,
        change_pct_text,
        case
            when change_fte > 0 then '+'
            when change_fte < 0 then '{{ "\u2212" }}'
            else ''
        end as sign
    from chosen

),

per_cents as (

    select
        {% for language in ["nb", "en"] %}
            case
                when coalesce(change_pct_text, '0') in ('0', '0.0') then ''
                else {{ sentence("per_cent", language, {
                    "sign": "sign",
                    "change_pct": in_language("change_pct_text", language),
                }) }}
            end as per_cent_{{ language }},
        {% endfor %}
        *
    from rounded

),

changes as (

    select
        {% for language in ["nb", "en"] %}
            case
                when change_fte is null then ''
                {% for words, sign in [("more", ">"), ("fewer", "<")] %}
                    when change_fte {{ sign }} 0
                        then {{ sentence(words, language, {
                            "difference": whole_number_text(
                                "change_fte", language
                            ),
                            "year_before": "year_before",
                            "per_cent": "per_cent_" ~ language,
                        }) }}
                {% endfor %}
                else {{ sentence("as_many", language, {
                    "year_before": "year_before",
                }) }}
            end as change_{{ language }},
        {% endfor %}
        *
    from per_cents

),

final as (

    {% for code in ["total", "adults", "children_youth", "health_station"] %}
        select
            sentence_code,
            {% for language in ["nb", "en"] %}
                {{ sentence("person_years_" ~ code, language, {
                    "fte": whole_number_text("fte", language),
                    "year": "year_text",
                    "change": "change_" ~ language,
                }) }} as text_{{ language }},
            {% endfor %}
            year
        from changes
        where sentence_code = 'person_years_{{ code }}'
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from final
