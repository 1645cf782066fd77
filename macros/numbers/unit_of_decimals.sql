{# The smallest step of a figure with so many decimals: 0.01 for two. #}
{% macro unit_of_decimals(decimals) -%}
    {%- set unit = "0." ~ "0" * (decimals - 1) ~ "1" if decimals else "1" -%}
    cast({{ unit }} as decimal({{ decimals + 1 }}, {{ decimals }}))
{%- endmacro %}
