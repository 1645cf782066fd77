{#
    The values that a release publishes, one row a value: rates and person-years
    of the indicator, a region's person-years by target group, those by service
    and education, and shares of answers. All else is worked out from these. Takes
    the names of the CTEs with the columns of fct_indicator, of fct_fte, and of
    fct_answer_share with the series of the year.
#}
{% macro published_values(indicator, person_years, answer_shares) %}
    {%- set string = dbt.type_string() -%}
    select
        concat(
            series_code, '/', year, '/', region_level, '/', region_code, '/',
            target_group, '/', coalesce(measure_code, ''), '/',
            coalesce(category_code, ''), '/', figure_code
        ) as value_key,
        -- What a value of a region and those of its members have in common.
        concat(
            target_group, '/', coalesce(measure_code, ''), '/',
            coalesce(category_code, '')
        ) as part_key,
        *
    from (
        select
            series_code,
            year,
            region_level,
            region_code,
            'all' as target_group,
            measure_code,
            cast(null as {{ string }}) as category_code,
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
            cast(null as {{ string }}) as category_code,
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
            cast(null as {{ string }}) as category_code,
            'fte' as figure_code,
            cast(sum(fte) as decimal(18, 8)) as figure,
            cast(null as decimal(18, 4)) as population,
            cast(null as {{ string }}) as obs_status
        from {{ person_years }}
        group by series_code, year, region_level, region_code, target_group
        union all
        select
            series_code,
            year,
            region_level,
            region_code,
            target_group,
            cast(null as {{ string }}) as measure_code,
            concat(service_code, '/', education_code) as category_code,
            'fte' as figure_code,
            fte as figure,
            cast(null as decimal(18, 4)) as population,
            cast(null as {{ string }}) as obs_status
        from {{ person_years }}
        union all
        select
            series_code,
            year,
            case when size_group_code = 'all' then 'country' else 'size_group' end
                as region_level,
            case when size_group_code = 'all' then '0' else size_group_code end
                as region_code,
            coalesce(target_group, 'all') as target_group,
            cast(null as {{ string }}) as measure_code,
            concat(question_code, '/', answer_code) as category_code,
            'share' as figure_code,
            share as figure,
            cast(null as decimal(18, 4)) as population,
            cast(null as {{ string }}) as obs_status
        from {{ answer_shares }}
    ) as long_form
{%- endmacro %}
