{# The folder that holds `releases/` and the link `published`. #}
{% macro releases_root() -%}
    {{ return(in_the_project(
        var('releases_root', env_var('ARSVERK_RELEASES', '.'))
    )) }}
{%- endmacro %}
