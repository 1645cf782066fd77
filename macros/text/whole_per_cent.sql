{# A share in whole per cent, rounded from the unrounded one. #}
{% macro whole_per_cent(part, whole) -%}
    cast({{ rounded_ratio(part, whole, 100, 0) }} as string)
{%- endmacro %}
