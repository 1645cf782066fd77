{# The type of a ratio with so many decimals. #}
{% macro type_of_ratio(decimals) -%}
    decimal({{ 18 if decimals <= 8 else 24 }}, {{ decimals }})
{%- endmacro %}
