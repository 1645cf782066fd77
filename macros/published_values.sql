{#
    The values that a release publishes, one row a value: rates and person-years
    of the indicator, and a region's person-years by target group. Takes the
    names of the CTEs with the columns of fct_indicator and of fct_fte.
#}
{% macro published_values(indicator, person_years) %}
    {%- set columns = [
        "series_code", "year", "region_level", "region_code", "target_group",
        "measure_code", "figure_code"
    ] -%}
    select
        concat(
            {%- for column in columns %}
                {{ column }}{{ ", '/', " if not loop.last }}
            {%- endfor %}
        ) as value_key,
        *
    from (
        select
            series_code,
            year,
            region_level,
            region_code,
            'all' as target_group,
            measure_code,
            'per_1000' as figure_code,
            cast(per_1000 as decimal(18, 8)) as figure,
            population,
            obs_status
        from {{ indicator }}
        union all
        select
            series_code,
            year,
            region_level,
            region_code,
            'all' as target_group,
            measure_code,
            'fte' as figure_code,
            fte as figure,
            cast(null as decimal(18, 4)) as population,
            obs_status
        from {{ indicator }}
        union all
        select
            series_code,
            year,
            region_level,
            region_code,
            target_group,
            'total' as measure_code,
            'fte' as figure_code,
            cast(sum(fte) as decimal(18, 8)) as figure,
            cast(null as decimal(18, 4)) as population,
            cast(null as {{ dbt.type_string() }}) as obs_status
        from {{ person_years }}
        group by series_code, year, region_level, region_code, target_group
    ) as long_form
{%- endmacro %}
