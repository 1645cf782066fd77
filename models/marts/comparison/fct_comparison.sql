-- Each municipality beside its KOSTRA group: rate, quartiles, distance (R11).
-- One row per series, year, municipality and measure.
{% set minimum = "'" ~ var('comparison_group_minimum') ~ "'" %}

with

words as (

    select * from {{ ref('sentences') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

),

quartiles as (

    select * from {{ ref('int_indicator__quartiles') }}

),

municipalities as (

    select * from indicator
    where region_level = 'municipality'

),

compared as (

    select
        municipalities.series_code,
        municipalities.year,
        municipalities.region_code,
        municipalities.region_key,
        municipalities.region_name,
        municipalities.measure_code,
        municipalities.per_1000,
        municipalities.is_displayed,
        municipalities.obs_status,
        municipalities.is_imputed,
        municipalities.imputed_share,
        municipalities.is_estimated,
        municipalities.is_reviewed,
        municipalities.is_break,
        municipalities.comparison_region_level,
        municipalities.comparison_region_code,
        comparison.per_1000 as comparison_per_1000,
        comparison.n_municipalities,
        quartiles.n_rates,
        quartiles.first_quartile,
        quartiles.median,
        quartiles.third_quartile,
        municipalities.per_1000_unrounded
        - comparison.per_1000_unrounded as difference_per_1000,
        municipalities.is_reconstruction,
        municipalities.not_displayed_reason_nb,
        municipalities.not_displayed_reason_en,
        own_region.kostra_group_code,
        cast(municipalities.per_1000_one_decimal as string) as own_text,
        cast(comparison.per_1000_one_decimal as string) as comparison_text,
        cast(quartiles.first_quartile_one_decimal as string)
            as first_quartile_text,
        cast(quartiles.third_quartile_one_decimal as string)
            as third_quartile_text
    from municipalities
    inner join regions as own_region
        on municipalities.region_key = own_region.region_key
    left join indicator as comparison
        on
            municipalities.series_code = comparison.series_code
            and municipalities.year = comparison.year
            and municipalities.measure_code = comparison.measure_code
            and municipalities.comparison_region_level
            = comparison.region_level
            and municipalities.comparison_region_code
            = comparison.region_code
    left join quartiles
        on
            municipalities.series_code = quartiles.series_code
            and municipalities.year = quartiles.year
            and municipalities.measure_code = quartiles.measure_code
            and municipalities.comparison_region_level
            = quartiles.region_level
            and municipalities.comparison_region_code
            = quartiles.region_code

),

parts_of_texts as (

    select
        compared.*,
        measures.measure_key,
        comparison_regions.region_key as comparison_region_key,
        cast(compared.year as string) as year_text,
        {% for language in ["nb", "en"] %}
            measures.name_{{ language }} as measure_{{ language }},
            comparison_regions.name_{{ language }}
                as comparison_name_{{ language }},
            case
                when compared.is_displayed
                    then {{ in_language("compared.own_text", language) }}
                else {{ sentence("is_not_shown", language, {
                    "reason": "compared.not_displayed_reason_" ~ language,
                }) }}
            end as rate_{{ language }},
            case compared.obs_status
                when 'I' then {{ sentence("is_carried", language, {}) }}
                when 'E' then {{ sentence("is_estimated", language, {}) }}
                else ''
            end as status_{{ language }},
            case
                when compared.comparison_region_level = 'country'
                    then {{ sentence("group_too_small", language, {
                        "group": "own_groups.name_" ~ language,
                        "minimum": minimum,
                    }) }}
                else ''
            end as too_small_{{ language }},
            coalesce(
                {{ in_language("compared.comparison_text", language) }},
                {{ sentence("unknown_rate", language, {}) }}
            ) as group_rate_{{ language }},
            case
                when compared.first_quartile is null
                    then {{ sentence("too_few_for_a_spread", language, {
                        "minimum": minimum,
                    }) }}
                {% for level in ["kostra_group", "country"] %}
                    when compared.comparison_region_level = '{{ level }}'
                        then {{ sentence("spread_in_" ~ level, language, {
                            "first": in_language(
                                "compared.first_quartile_text", language
                            ),
                            "third": in_language(
                                "compared.third_quartile_text", language
                            ),
                        }) }}
                {% endfor %}
            end as spread_{{ language }},
            {{ sentence("care", language, {}) }} as caveat_{{ language }},
        {% endfor %}
        cast(coalesce(compared.n_rates, 0) as integer) as n_displayed
    from compared
    inner join measures
        on
            compared.series_code = measures.series_code
            and compared.measure_code = measures.measure_code
    left join regions as comparison_regions
        on
            compared.comparison_region_level = comparison_regions.region_level
            and compared.comparison_region_code = comparison_regions.region_code
    left join regions as own_groups
        on
            own_groups.region_level = 'kostra_group'
            and compared.kostra_group_code = own_groups.region_code

),

final as (

    select
        series_code,
        year,
        region_code,
        region_key,
        region_name,
        measure_code,
        measure_key,
        per_1000,
        is_displayed,
        obs_status,
        is_imputed,
        imputed_share,
        is_estimated,
        is_reviewed,
        is_break,
        comparison_region_level,
        comparison_region_code,
        comparison_region_key,
        comparison_name_nb,
        comparison_name_en,
        comparison_per_1000,
        n_municipalities,
        n_displayed,
        first_quartile,
        median,
        third_quartile,
        cast(difference_per_1000 as decimal(18, 8)) as difference_per_1000,
        {% for language in ["nb", "en"] %}
            {{ sentence("comparison", language, {
                "measure": "measure_" ~ language,
                "region": "region_name",
                "year": "year_text",
                "rate": "rate_" ~ language,
                "status": "status_" ~ language,
                "too_small": "too_small_" ~ language,
                "group": "comparison_name_" ~ language,
                "n": whole_number_text("n_municipalities", language),
                "group_rate": "group_rate_" ~ language,
                "spread": "spread_" ~ language,
                "caveat": "caveat_" ~ language,
            }) }} as text_{{ language }},
            caveat_{{ language }},
        {% endfor %}
        is_reconstruction
    from parts_of_texts

)

select * from final
