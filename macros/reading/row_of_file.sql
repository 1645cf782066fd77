{#
    The number of a row in the order of its file, counted from 1: a seed keeps
    the order of its lines.
#}
{% macro row_of_file() -%}
    {{ return(adapter.dispatch('row_of_file')()) }}
{%- endmacro %}

{% macro default__row_of_file() -%}
    row_number() over ()
{%- endmacro %}

{% macro spark__row_of_file() -%}
    row_number() over (order by monotonically_increasing_id())
{%- endmacro %}
