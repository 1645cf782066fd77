{# A figure as Norwegian text: 2.8 becomes 2,8. #}
{% macro decimal_comma(value) -%}
    replace(cast({{ value }} as string), '.', ',')
{%- endmacro %}
