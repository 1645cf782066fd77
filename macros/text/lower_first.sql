{# A text that begins in the middle of a sentence. #}
{% macro lower_first(text) -%}
    lower(left({{ text }}, 1)) || substring({{ text }}, 2)
{%- endmacro %}
