{# A text whose braces have been put aside, as a character of no script. #}
{% macro without_braces(text) -%}
    replace({{ text }}, '{', '{{ "\ue000" }}')
{%- endmacro %}
