-- What a region's person-years are made of, in words.
-- One row per year, region and sentence.
{% set languages = ["nb", "en"] %}

with

composition as (

    select
        *,
        {% for share in ["share", "share_adults", "share_children_youth"] %}
            cast({{ exact_ratio(share ~ "_pct", "1", 1, 0) }} as string)
                as {{ share }}_text,
        {% endfor %}
        cast(year as string) as year_text
    from {{ ref('fct_composition') }}
    where fte > 0

),

indicator as (

    select * from {{ ref('fct_indicator') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

of_target_groups as (

    select
        region_level,
        region_code,
        'target_groups' as sentence_code,
        {% for language in languages %}
            {{ sentence("parts_of_person_years", language, {
                "fte": person_years_text("fte", language),
                "year": "year_text",
                "adults": "share_adults_text",
                "children_youth": "share_children_youth_text",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from composition
    where breakdown = 'total'

),

services as (

    select
        services.*,
        totals.fte as fte_of_all,
        row_number() over (
            partition by
                services.year, services.region_level, services.region_code
            order by services.fte desc, services.sort_order asc
        ) as place
    from composition as services
    inner join composition as totals
        on
            services.year = totals.year
            and services.region_level = totals.region_level
            and services.region_code = totals.region_code
            and totals.breakdown = 'total'
    where services.breakdown = 'service'

),

of_services as (

    select
        region_level,
        region_code,
        'services' as sentence_code,
        {% for language in languages %}
            {{ sentence("largest_service", language, {
                "service": "category_" ~ language,
                "year": "year_text",
                "share": "share_text",
                "fte": person_years_text("fte_of_all", language),
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from services
    where place = 1

),

measures as (

    select
        year,
        region_level,
        region_code,
        max(series_code) as series_code,
        max(case when measure_code = 'total' then fte end) as fte,
        max(
            case
                when measure_code = 'health_upper_secondary_or_higher' then fte
            end
        ) as fte_educated
    from indicator
    where region_level in ('country', 'county', 'municipality', 'district')
    group by year, region_level, region_code

),

of_education as (

    select
        region_level,
        region_code,
        'education' as sentence_code,
        {% for language in languages %}
            case series_code
                {% for series in ["current", "legacy"] %}
                    when '{{ series }}'
                        then {{ sentence(
                            "share_of_education_" ~ series, language, {
                                "share": "cast(" ~ exact_ratio(
                                    "fte_educated", "fte", 100, 0
                                ) ~ " as string)",
                                "year": "cast(year as string)",
                            }
                        ) }}
                {% endfor %}
            end as text_{{ language }},
        {% endfor %}
        year
    from measures
    where fte > 0

),

answers as (

    select
        cast(count(distinct reporting_unit_code) as string) as n_units,
        {% for target_group in ["adults", "children_youth"] %}
            cast(
                sum(
                    case
                        when
                            status = 'reported'
                            and target_group = '{{ target_group }}'
                            then 1
                        else 0
                    end
                ) as string
            ) as n_{{ target_group }},
        {% endfor %}
        year
    from responses
    group by year

),

of_answers as (

    select
        'country' as region_level,
        '0' as region_code,
        'response' as sentence_code,
        {% for language in languages %}
            {{ sentence("units_that_answered", language, {
                "adults": "n_adults",
                "children_youth": "n_children_youth",
                "all": "n_units",
                "year": "cast(year as string)",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from answers

),

final as (

    select * from of_target_groups
    union all
    select * from of_services
    union all
    select * from of_education
    union all
    select * from of_answers

)

select * from final
where text_nb is not null
