{# A text as SQL. In Spark a backslash begins an escape. #}
{% macro text_literal(text) -%}
    {{ return(adapter.dispatch('text_literal')(text | replace("'", "''"))) }}
{%- endmacro %}

{% macro default__text_literal(text) -%}
    '{{ text }}'
{%- endmacro %}

{% macro spark__text_literal(text) -%}
    '{{ text | replace("\\", "\\\\") }}'
{%- endmacro %}
