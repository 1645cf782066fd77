-- What a reader of a year's figures has to know, in words.
-- One row per year and sentence.
{% set not_shown = (
    "not_shown_both_parts" if var("display_rule") == "both_parts"
    else "not_shown_either_part"
) %}

with

words as (

    select * from {{ ref('sentences') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}
    where measure_code = 'total'

),

shares as (

    select * from {{ ref('fct_answer_share') }}
    where is_reconstruction

),

years as (

    select * from {{ ref('dim_year') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

published as (

    select * from {{ ref('fct_reconciliation') }}
    where
        region_level = 'country'
        and target_group = 'all'
        and figure_code = 'total'
        and aspect = 'level'
        and unit = 'fte'
        and verdict = 'known_exception'

),

demo_years as (

    select * from {{ ref('demo_years') }}

),

units as (

    select
        year,
        reporting_unit_code,
        bool_or(status = 'carried_forward') as is_carried,
        bool_or(status = 'missing') as is_missing,
        sum(coalesce(fte, 0)) as fte,
        sum(case when status = 'carried_forward' then fte else 0 end)
            as fte_carried
    from responses
    group by year, reporting_unit_code

),

numbers_of_units as (

    select
        year,
        count(*) as n_units,
        sum(case when is_carried then 1 else 0 end) as n_carried,
        sum(case when is_missing then 1 else 0 end) as n_missing,
        sum(fte) as fte,
        sum(fte_carried) as fte_carried
    from units
    group by year

),

of_units as (

    select
        *,
        coalesce(
            cast(
                {{ rounded_ratio("fte_carried", "fte", 100, 1) }} as string
            ),
            '0.0'
        ) as share_carried,
        fte_carried > 0
        and {{ rounded_ratio("fte_carried", "fte", 100, 1) }} = 0
            as is_next_to_nothing
    from numbers_of_units

),

of_municipalities as (

    select
        year,
        count(*) as n_municipalities,
        sum(case when obs_status = 'Q' then 1 else 0 end) as n_not_shown
    from indicator
    where region_level = 'municipality'
    group by year

),

breaks as (

    -- A series that begins with a break has it in all its years.
    select
        years.year,
        {% for language in ['nb', 'en'] %}
            {{ lower_first("series_years.break_" ~ language) }}
                as break_{{ language }},
        {% endfor %}
        cast(series_years.year as string) as break_year_text,
        true as is_of_series
    from years
    inner join series
        on years.series_code = series.series_code
    inner join years as series_years
        on series.first_year = series_years.year
    where series_years.is_break
    union all
    select
        years.year,
        {% for language in ['nb', 'en'] %}
            {{ lower_first("years.break_" ~ language) }}
                as break_{{ language }},
        {% endfor %}
        cast(years.year as string) as break_year_text,
        false as is_of_series
    from years
    inner join series
        on years.series_code = series.series_code
    where years.is_break and years.year > series.first_year

),

years_of_demo_answers as (

    select year
    from shares
    group by year

),

break_notes as (

    {% for code, condition in [
        ("break_of_series", "is_of_series"),
        ("break_in_series", "not is_of_series"),
    ] %}
        select
            '{{ code }}' as sentence_code,
            {% for language in ["nb", "en"] %}
                {{ sentence(code, language, {
                    "year": "break_year_text",
                    "first_year": "break_year_text",
                    "break": "break_" ~ language,
                }) }} as text_{{ language }},
            {% endfor %}
            year
        from breaks
        where {{ condition }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

final as (

    select
        'carried_forward' as sentence_code,
        {% for language in ["nb", "en"] %}
            case
                when n_carried = 0
                    then {{ sentence("nothing_carried_forward", language, {
                        "all": whole_number_text("n_units", language),
                    }) }}
                else {{ sentence("carried_forward", language, {
                    "n": whole_number_text("n_carried", language),
                    "all": whole_number_text("n_units", language),
                    "share": "case when is_next_to_nothing then "
                        ~ sentence("less_than_a_tenth", language, {})
                        ~ " else " ~ in_language("share_carried", language)
                        ~ " end",
                }) }}
            end as text_{{ language }},
        {% endfor %}
        year
    from of_units
    union all
    select
        'missing' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("missing", language, {
                "n": whole_number_text("n_missing", language),
                "all": whole_number_text("n_units", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from of_units
    where n_missing > 0
    union all
    select
        'not_shown' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence(not_shown, language, {
                "n": whole_number_text("n_not_shown", language),
                "all": whole_number_text("n_municipalities", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from of_municipalities
    where n_not_shown > 0
    union all
    select
        'borders' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("borders", language, {
                "structure_year": "cast(structure_year as string)",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from years
    where year < structure_year
    union all
    select
        'rounding' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("rounding", language, {}) }} as text_{{ language }},
        {% endfor %}
        year
    from of_units
    union all
    select
        'published_differs' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("published_differs", language, {
                "year": "cast(year as string)",
                "published": whole_number_text("published", language),
                "computed": whole_number_text("computed", language),
                "reason": lower_first("reason_" ~ language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from published
    union all
    select
        'provenance_of_change' as sentence_code,
        {% for language in ["nb", "en"] %}
            {{ sentence("provenance_of_change", language, {
                "year_before": "cast(years_before.year as string)",
            }) }} as text_{{ language }},
        {% endfor %}
        years.year
    from years
    inner join years as years_before
        on
            years.series_code = years_before.series_code
            and years.year - 1 = years_before.year
    where not years.is_reconstruction and years_before.is_reconstruction
    union all
    select * from break_notes
    union all
    select
        'provenance' as sentence_code,
        {% for language in ["nb", "en"] %}
            coalesce(
                provenance_{{ language }},
                {{ sentence("provenance", language, {
                    "year": "cast(year as string)",
                }) }}
            ) as text_{{ language }},
        {% endfor %}
        year
    from years
    where is_reconstruction
    union all
    select
        'provenance_of_answers' as sentence_code,
        {% for language in ["nb", "en"] %}
            coalesce(
                demo_years.answers_{{ language }},
                {{ sentence("provenance_of_answers", language, {
                    "year": "cast(years_of_demo_answers.year as string)",
                }) }}
            ) as text_{{ language }},
        {% endfor %}
        years_of_demo_answers.year
    from years_of_demo_answers
    left join demo_years
        on years_of_demo_answers.year = demo_years.year

)

select * from final
