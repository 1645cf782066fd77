{# The texts of a group in one, in alphabetical order of their code points. #}
{% macro joined_text(text, separator) -%}
    {{ return(adapter.dispatch('joined_text')(text, separator)) }}
{%- endmacro %}

{% macro default__joined_text(text, separator) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ text }})
{%- endmacro %}

{% macro spark__joined_text(text, separator) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ text }})
{%- endmacro %}
