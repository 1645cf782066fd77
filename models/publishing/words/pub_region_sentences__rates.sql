-- The rates of a region in words: over time and beside neighbours.
-- One row per year, region and sentence.
{% set languages = ["nb", "en"] %}

with

words as (

    select * from {{ ref('sentences') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}
    where measure_code = 'total'

),

regions as (

    select * from {{ ref('dim_region') }}

),

quartiles as (

    select * from {{ ref('int_indicator__quartiles') }}
    where measure_code = 'total' and region_level = 'country'

),

of_regions as (

    select
        indicator.series_code,
        indicator.year,
        indicator.region_level,
        indicator.region_code,
        regions.name_nb,
        regions.name_en,
        indicator.per_1000_unrounded,
        cast(indicator.per_1000_one_decimal as string) as rate,
        -- Some unit of a larger region nearly always is.
        indicator.region_level in ('municipality', 'district')
        and indicator.obs_status = 'I' as is_carried,
        -- What a region stands beside, and the country last.
        case indicator.region_level
            when 'municipality' then indicator.comparison_region_level
            when 'district' then 'municipality'
        end as other_level,
        case indicator.region_level
            when 'municipality' then indicator.comparison_region_code
            when 'district' then regions.municipality_code
        end as other_code
    from indicator
    inner join regions
        on
            indicator.region_level = regions.region_level
            and indicator.region_code = regions.region_code

),

pages as (

    select * from of_regions
    where region_level in ('country', 'county', 'municipality', 'district')

),

compared as (

    select
        pages.*,
        cast(pages.year as string) as year_text,
        cast(pages.year - 1 as string) as year_before_text,
        year_before.rate as rate_before,
        neighbours.name_nb as other_nb,
        neighbours.name_en as other_en,
        neighbours.rate as other_rate,
        countries.rate as country_rate,
        countries.per_1000_unrounded as country_unrounded
    from pages
    -- Only inside a series (R10).
    left join of_regions as year_before
        on
            pages.series_code = year_before.series_code
            and pages.year - 1 = year_before.year
            and pages.region_level = year_before.region_level
            and pages.region_code = year_before.region_code
    left join of_regions as neighbours
        on
            pages.year = neighbours.year
            and pages.other_level = neighbours.region_level
            and pages.other_code = neighbours.region_code
            and neighbours.region_level != 'country'
    left join of_regions as countries
        on
            pages.year = countries.year
            and countries.region_level = 'country'

),

over_time as (

    select
        region_level,
        region_code,
        'development' as sentence_code,
        {% for language in languages %}
            case
                when rate is null
                    then {{ sentence("region_is_not_shown", language, {
                        "region": "name_" ~ language,
                        "year": "year_text",
                    }) }}
                else
                    {{ sentence("rate_of_a_region", language, {
                        "region": "name_" ~ language,
                        "rate": in_language("rate", language),
                        "year": "year_text",
                    }) }}
                    || case
                        when rate_before is null then ''
                        when rate = rate_before
                            then {{ sentence("as_the_year_before", language, {
                                "year": "year_before_text",
                            }) }}
                        else
                            {{ sentence("against_the_year_before", language, {
                                "rate": in_language("rate_before", language),
                                "year": "year_before_text",
                            }) }}
                    end
                    || case
                        when is_carried
                            then {{ sentence("is_carried", language, {}) }}
                        else ''
                    end
            end as text_{{ language }},
        {% endfor %}
        year
    from compared

),

beside_others as (

    select
        region_level,
        region_code,
        'comparison' as sentence_code,
        {% for language in languages %}
            {% set values = {
                "region": "name_" ~ language,
                "year": "year_text",
                "rate": "coalesce(" ~ in_language("rate", language) ~ ", '')",
                "other": "case when other_nb is null then '' else "
                ~ sentence("beside_one", language, {
                    "region": "other_" ~ language,
                    "rate": "coalesce("
                    ~ in_language("other_rate", language) ~ ", "
                    ~ sentence("unknown_rate", language, {}) ~ ")",
                }) ~ " end",
                "country_rate": "coalesce("
                ~ in_language("country_rate", language) ~ ", "
                ~ sentence("unknown_rate", language, {}) ~ ")",
            } %}
            case
                when rate is null
                    then {{ sentence("others_only", language, values) }}
                else {{ sentence("beside_others", language, values) }}
            end as text_{{ language }},
        {% endfor %}
        year
    from compared
    where region_level != 'country'

),

shown_counties as (

    select
        year,
        year_text,
        country_rate,
        per_1000_unrounded,
        country_unrounded,
        cast(rate as decimal(18, 1)) as rate
    from compared
    where region_level = 'county' and rate is not null

),

counties as (

    select
        year,
        year_text,
        country_rate,
        cast(count(*) as string) as n_counties,
        cast(
            sum(
                case
                    when abs(per_1000_unrounded - country_unrounded) <= 0.5
                        then 1
                    else 0
                end
            ) as string
        ) as n_near,
        min(rate) as lowest,
        max(rate) as highest
    from shown_counties
    group by year, year_text, country_rate

),

of_counties as (

    select
        'country' as region_level,
        '0' as region_code,
        'counties_on_the_map' as sentence_code,
        {% for language in languages %}
            {{ sentence("spread_of_counties", language, {
                "lowest": in_language("lowest", language),
                "highest": in_language("highest", language),
                "year": "year_text",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from counties
    union all
    select
        'country' as region_level,
        '0' as region_code,
        'counties_beside_the_country' as sentence_code,
        {% for language in languages %}
            {{ sentence("counties_near_the_country", language, {
                "n": "n_near",
                "all": "n_counties",
                "rate": in_language("country_rate", language),
                "year": "year_text",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from counties

),

of_municipalities as (

    select
        'country' as region_level,
        '0' as region_code,
        'municipalities_on_the_map' as sentence_code,
        {% for language in languages %}
            {{ sentence("spread_of_municipalities", language, {
                "n": whole_number_text("n_rates", language),
                "first": in_language(
                    "cast(first_quartile_one_decimal as string)", language
                ),
                "third": in_language(
                    "cast(third_quartile_one_decimal as string)", language
                ),
                "year": "cast(year as string)",
            }) }} as text_{{ language }},
        {% endfor %}
        year
    from quartiles

),

final as (

    select * from over_time
    union all
    select * from beside_others
    union all
    select * from of_counties
    union all
    select * from of_municipalities

)

select * from final
where text_nb is not null
