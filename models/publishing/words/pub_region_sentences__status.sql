-- What a region's figures rest on, in words (R18, R19).
-- One row per year and region.
{% set languages = ["nb", "en"] %}

with

words as (

    select * from {{ ref('sentences') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}
    where region_level in ('country', 'county', 'municipality', 'district')

),

responses as (

    select * from {{ ref('fct_response') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}
    where measure_code = 'total'

),

parts as (

    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        responses.target_group,
        count(*) as n_units,
        sum(case when responses.status = 'reported' then 1 else 0 end)
            as n_reported,
        sum(case when responses.status = 'carried_forward' then 1 else 0 end)
            as n_carried,
        sum(case when responses.status = 'missing' then 1 else 0 end)
            as n_missing,
        min(
            case
                when responses.status = 'carried_forward'
                    then responses.source_year
            end
        ) as source_year
    from units_of_regions
    inner join responses
        on
            units_of_regions.year = responses.year
            and units_of_regions.reporting_unit_code
            = responses.reporting_unit_code
    group by
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        responses.target_group

),

said as (

    select
        parts.region_level,
        parts.region_code,
        target_groups.sort_order,
        {% for language in languages %}
            {% set values = {
                "part": "target_groups.name_" ~ language,
                "year": "cast(parts.year as string)",
                "source_year": "coalesce(cast(parts.source_year as string), '')",
                "all": "cast(parts.n_units as string)",
                "reported": "cast(parts.n_reported as string)",
                "carried": "case when parts.n_carried = 0 then '' else "
                ~ sentence("and_carried", language, {
                    "n": "cast(parts.n_carried as string)"
                }) ~ " end",
                "missing": "case when parts.n_missing = 0 then '' else "
                ~ sentence("and_missing", language, {
                    "n": "cast(parts.n_missing as string)"
                }) ~ " end",
            } %}
            case
                when parts.n_units > 1 and parts.n_reported = parts.n_units
                    then {{ sentence("part_of_all_units", language, values) }}
                when parts.n_units > 1
                    then {{ sentence("part_of_some_units", language, values) }}
                when parts.n_reported = 1
                    then {{ sentence("part_reported", language, values) }}
                when parts.n_carried = 1
                    then {{ sentence(
                        "part_carried_forward", language, values
                    ) }}
                else {{ sentence("part_missing", language, values) }}
            end as text_{{ language }},
        {% endfor %}
        parts.year
    from parts
    inner join target_groups
        on parts.target_group = target_groups.target_group

),

of_regions as (

    select
        region_level,
        region_code,
        {% for language in languages %}
            {{ joined_text("text_" ~ language, " ", "sort_order") }}
                as text_{{ language }},
        {% endfor %}
        year
    from said
    group by year, region_level, region_code

),

final as (

    select
        of_regions.region_level,
        of_regions.region_code,
        'status' as sentence_code,
        {% for language in languages %}
            of_regions.text_{{ language }}
            || case
                when indicator.is_displayed then ''
                else {{ sentence("rate_not_shown", language, {
                    "reason": lower_first(
                        "indicator.not_displayed_reason_" ~ language
                    ),
                }) }}
            end as text_{{ language }},
        {% endfor %}
        of_regions.year
    from of_regions
    inner join indicator
        on
            of_regions.year = indicator.year
            and of_regions.region_level = indicator.region_level
            and of_regions.region_code = indicator.region_code

)

select * from final
