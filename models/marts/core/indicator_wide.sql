-- The indicator with one column a measure, for people who open one table.
-- One row per series, year and region.
{% set measures = [
    "total",
    "health_upper_secondary_or_higher",
    "health_higher_education",
    "other_higher_education",
    "higher_education",
    "higher_education_with_further_training",
] %}

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

statuses as (

    select * from {{ ref('dim_obs_status') }}

),

wide as (

    -- max() picks the only row of a cell.
    select
        series_code,
        year,
        region_level,
        region_code,
        max(population) as population,
        max(population_covered) as population_covered,
        bool_or(is_imputed) as is_imputed,
        bool_or(is_break) as is_break,
        {% for measure in measures %}
            max(
                case when measure_code = '{{ measure }}' then per_1000 end
            ) as per_1000_{{ measure }},
        {% endfor %}
        {% for measure in measures %}
            max(
                case when measure_code = '{{ measure }}' then fte end
            ) as fte_{{ measure }},
            max(
                case when measure_code = '{{ measure }}' then obs_status end
            ) as obs_status_{{ measure }},
            max(
                case
                    when measure_code = '{{ measure }}'
                        then not_displayed_reason_nb
                end
            ) as not_displayed_reason_{{ measure }}_nb,
            max(
                case
                    when measure_code = '{{ measure }}'
                        then not_displayed_reason_en
                end
            ) as not_displayed_reason_{{ measure }}_en,
        {% endfor %}
        bool_or(is_reconstruction) as is_reconstruction
    from indicator
    group by series_code, year, region_level, region_code

),

final as (

    select
        wide.series_code,
        series.name_nb as series_name_nb,
        series.name_en as series_name_en,
        wide.year,
        wide.region_level,
        wide.region_code,
        regions.region_key,
        regions.name_nb as region_name_nb,
        regions.name_en as region_name_en,
        wide.population,
        wide.population_covered,
        {% for measure in measures %}
            wide.per_1000_{{ measure }},
        {% endfor %}
        {% for measure in measures %}
            wide.fte_{{ measure }},
        {% endfor %}
        {% for measure in measures %}
            wide.obs_status_{{ measure }},
        {% endfor %}
        statuses.name_nb as obs_status_total_nb,
        statuses.name_en as obs_status_total_en,
        {% for measure in measures %}
            wide.not_displayed_reason_{{ measure }}_nb,
            wide.not_displayed_reason_{{ measure }}_en,
        {% endfor %}
        wide.is_imputed,
        wide.is_break,
        wide.is_reconstruction
    from wide
    left join series
        on wide.series_code = series.series_code
    left join regions
        on
            wide.region_level = regions.region_level
            and wide.region_code = regions.region_code
    left join statuses
        on wide.obs_status_total = statuses.obs_status

)

select * from final
