-- The indicator of the country and its counties in words.
-- One row per year and sentence.

with

words as (

    select * from {{ ref('sentences') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}
    where is_displayed

),

regions as (

    select * from {{ ref('dim_region') }}

),

country as (

    select
        series_code,
        year,
        cast(year as string) as year_text,
        measure_code,
        cast(per_1000_one_decimal as string) as rate
    from indicator
    where
        region_level = 'country'
        and measure_code in ('total', 'health_upper_secondary_or_higher')

),

counties as (

    select
        indicator.year,
        indicator.per_1000_one_decimal as rate,
        regions.name_nb,
        regions.name_en,
        min(indicator.per_1000_one_decimal) over (
            partition by indicator.year
        ) as lowest,
        max(indicator.per_1000_one_decimal) over (
            partition by indicator.year
        ) as highest
    from indicator
    inner join regions
        on
            indicator.region_level = regions.region_level
            and indicator.region_code = regions.region_code
    where
        indicator.region_level = 'county'
        and indicator.measure_code = 'total'

),

at_an_end as (

    -- Counties that share the lowest or the highest rate are all named, in
    -- alphabetical order.
    select
        *,
        row_number() over (
            partition by year, rate
            order by {{ norwegian_order("name_nb") }}
        ) as place,
        count(*) over (partition by year, rate) as n_counties
    from counties
    where lowest < highest and rate in (lowest, highest)

),

ends as (

    select
        year,
        min(lowest) as lowest,
        {% for language, conjunction in [("nb", " og "), ("en", " and ")] %}
            concat(
                coalesce(
                    {{ joined_text(
                        "case when place < n_counties then name_"
                        ~ language ~ " end",
                        ", ",
                        "place"
                    ) }},
                    ''
                ),
                case when max(n_counties) > 1 then '{{ conjunction }}' else ''
                end,
                max(case when place = n_counties then name_{{ language }} end)
            ) as names_{{ language }},
        {% endfor %}
        rate
    from at_an_end
    group by year, rate

),

headlines as (

    select
        country.year,
        country.year_text,
        country.rate,
        cast(low.rate as string) as lowest,
        cast(high.rate as string) as highest,
        low.names_nb as lowest_nb,
        low.names_en as lowest_en,
        high.names_nb as highest_nb,
        high.names_en as highest_en
    from country
    left join ends as low
        on country.year = low.year and low.rate = low.lowest
    left join ends as high
        on country.year = high.year and high.rate > high.lowest
    where country.measure_code = 'total'

),

final as (

    select
        'headline' as sentence_code,
        {% for language in ["nb", "en"] %}
            case
                when lowest is null
                    then {{ sentence("headline_without_range", language, {
                        "rate": in_language("rate", language),
                        "year": "year_text",
                    }) }}
                else {{ sentence("headline", language, {
                    "rate": in_language("rate", language),
                    "year": "year_text",
                    "lowest": in_language("lowest", language),
                    "lowest_counties": "lowest_" ~ language,
                    "highest": in_language("highest", language),
                    "highest_counties": "highest_" ~ language,
                }) }}
            end as text_{{ language }},
        {% endfor %}
        year
    from headlines

    union all

    select
        'health_education' as sentence_code,
        {% for language in ["nb", "en"] %}
            case series_code
                {% for series in ["current", "legacy"] %}
                    when '{{ series }}'
                        then {{ sentence(
                            "health_education_" ~ series, language, {
                                "rate": in_language("rate", language),
                                "year": "year_text",
                            }
                        ) }}
                {% endfor %}
            end as text_{{ language }},
        {% endfor %}
        year
    from country
    where measure_code = 'health_upper_secondary_or_higher'

)

select * from final
