{# A limit, which is a var, as it stands in a text. #}
{% macro limit_as_text(name, language) -%}
    {%- set text = var(name) | string -%}
    '{{ text | replace(".", ",") if language == "nb" else text }}'
{%- endmacro %}
