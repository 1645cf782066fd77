{#
    In a build with --empty, where every table that is read has no rows, a test
    shows that its SQL runs and nothing else: some hold what is empty against what
    the vars say.
#}
{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    {%- if flags.EMPTY and model.package_name == 'arsverk' -%}
        {%- set limit = 0 -%}
    {%- endif -%}
    {{ dbt.default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) }}
{%- endmacro %}
