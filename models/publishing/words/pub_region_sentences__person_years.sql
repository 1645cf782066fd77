-- What a region's person-years are made of, in words.
-- One row per year, region and sentence.
{% set languages = ["nb", "en"] %}

with

words as (

    select * from {{ ref('sentences') }}

),

composition as (

    select
        *,
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
                "adults": whole_per_cent("fte_adults", "fte"),
                "children_youth": whole_per_cent("fte_children_youth", "fte"),
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
        max(services.fte) over (
            partition by
                services.year, services.region_level, services.region_code
        ) as largest_fte
    from composition as services
    inner join composition as totals
        on
            services.year = totals.year
            and services.region_level = totals.region_level
            and services.region_code = totals.region_code
            and totals.breakdown = 'total'
    where services.breakdown = 'service'

),

largest_services as (

    select
        year_text,
        year,
        region_level,
        region_code,
        fte_of_all,
        count(*) as n_services,
        {% for language in languages %}
            {{ joined_text("category_" ~ language, ", ", "sort_order") }}
                as services_{{ language }},
        {% endfor %}
        {{ whole_per_cent("fte", "fte_of_all") }} as share_text
    from services
    where fte = largest_fte
    group by year_text, year, region_level, region_code, fte, fte_of_all

),

of_services as (

    select
        region_level,
        region_code,
        'services' as sentence_code,
        {% for language in languages %}
            {% set values = {
                "service": "services_" ~ language,
                "services": "services_" ~ language,
                "year": "year_text",
                "share": "share_text",
                "fte": person_years_text("fte_of_all", language),
            } %}
            case
                when n_services = 1
                    then {{ sentence("largest_service", language, values) }}
                else {{ sentence("largest_services", language, values) }}
            end as text_{{ language }},
        {% endfor %}
        year
    from largest_services

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
                                "share": whole_per_cent("fte_educated", "fte"),
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
                            status != 'reported'
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
            {{ sentence("units_without_an_answer", language, {
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
