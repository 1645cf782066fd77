-- Each municipality beside its KOSTRA group: rate, quartiles, distance (R11).
-- One row per series, year, municipality and measure.

with

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
        municipalities.comparison_region_level,
        municipalities.comparison_region_code,
        comparison.per_1000 as comparison_per_1000,
        comparison.n_municipalities,
        coalesce(quartiles.n_rates, 0) as n_displayed,
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

final as (

    select
        compared.series_code,
        compared.year,
        compared.region_code,
        compared.region_key,
        compared.region_name,
        compared.measure_code,
        compared.per_1000,
        compared.is_displayed,
        compared.comparison_region_level,
        compared.comparison_region_code,
        comparison_regions.name_nb as comparison_name_nb,
        comparison_regions.name_en as comparison_name_en,
        compared.comparison_per_1000,
        compared.n_municipalities,
        cast(compared.n_displayed as integer) as n_displayed,
        compared.first_quartile,
        compared.median,
        compared.third_quartile,
        cast(compared.difference_per_1000 as decimal(18, 8))
            as difference_per_1000,
        {% for language, texts in comparison_texts().items() %}
            concat(
                measures.name_{{ language }},
                '{{ texts["per_1000_in"] }}',
                compared.region_name,
                ' ',
                cast(compared.year as string),
                ': ',
                case
                    when compared.is_displayed
                        then {{ in_language("compared.own_text", language) }}
                    else concat(
                        '{{ texts["not_shown"] }}',
                        compared.not_displayed_reason_{{ language }},
                        ')'
                    )
                end,
                '. ',
                case
                    when compared.comparison_region_level = 'country'
                        then concat(
                            own_group.name_{{ language }},
                            '{{ texts["too_small"] }}'
                        )
                    else ''
                end,
                comparison_regions.name_{{ language }},
                '{{ texts["all_in_all"] }}',
                coalesce(
                    {{ in_language("compared.comparison_text", language) }},
                    '{{ texts["unknown"] }}'
                ),
                '.',
                case
                    when compared.first_quartile is not null
                        then concat(
                            '{{ texts["middle_half"] }}',
                            {{ in_language(
                                "compared.first_quartile_text", language
                            ) }},
                            '{{ texts["to"] }}',
                            {{ in_language(
                                "compared.third_quartile_text", language
                            ) }},
                            '.'
                        )
                    else ''
                end
            ) as text_{{ language }},
            '{{ texts["caveat"] }}' as caveat_{{ language }},
        {% endfor %}
        compared.is_reconstruction
    from compared
    inner join measures
        on
            compared.series_code = measures.series_code
            and compared.measure_code = measures.measure_code
    left join regions as comparison_regions
        on
            compared.comparison_region_level = comparison_regions.region_level
            and compared.comparison_region_code = comparison_regions.region_code
    left join regions as own_group
        on
            own_group.region_level = 'kostra_group'
            and compared.kostra_group_code = own_group.region_code

)

select * from final
