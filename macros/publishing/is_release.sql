{#
    Publishing, for `dbt build --target release` and nothing else. The file work
    is done by src/arsverk/release.py, which the plugin of that target calls.
#}
{# A package is not published by the project that has it. #}
{% macro is_release() %}
    {{ return(
        execute and project_name == 'arsverk' and target.name == 'release'
        and flags.WHICH == 'build'
    ) }}
{% endmacro %}
