{# Days since the start of a reporting year: 1 January is day 1. #}
{% macro day_number(moment, year) -%}
    {{ return(adapter.dispatch('day_number')(moment, year)) }}
{%- endmacro %}

{% macro default__day_number(moment, year) -%}
    cast({{ moment }} as date) - make_date({{ year }}, 1, 1) + 1
{%- endmacro %}

{% macro spark__day_number(moment, year) -%}
    datediff(cast({{ moment }} as date), make_date({{ year }}, 1, 1)) + 1
{%- endmacro %}
