{# A number as text, with the decimal sign of the language. #}
{% macro in_language(text, language) -%}
    {{ decimal_comma(text) if language == 'nb' else text }}
{%- endmacro %}
