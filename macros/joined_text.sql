{#
    The texts of a group in one, in the order of a column; without one, in
    alphabetical order of their code points.
#}
{% macro joined_text(text, separator, order_by=none) -%}
    {{ return(adapter.dispatch('joined_text')(
        text, separator, order_by or text
    )) }}
{%- endmacro %}

{% macro default__joined_text(text, separator, order_by) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__joined_text(text, separator, order_by) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
