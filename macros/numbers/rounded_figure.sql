{# R14: an exact decimal with fewer decimals, half away from zero, on every engine. #}
{% macro rounded_figure(value, decimals) -%}
    cast(
        round(cast({{ value }} as decimal(28, 8)), {{ decimals }})
        as {{ type_of_ratio(decimals) }}
    )
{%- endmacro %}
