{# Where the files of a year's submissions or answers are. #}
{% macro received_path(name) -%}
    {{ return(in_the_project(var('received_files') | replace('{name}', name))) }}
{%- endmacro %}
