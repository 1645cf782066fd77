{% macro trimmed(text) -%}
    trim(both '{{ spaces() }}' from coalesce({{ text }}, ''))
{%- endmacro %}
