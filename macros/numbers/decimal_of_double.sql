{#
    A binary float as a decimal with eight decimals. Rounded as a float: a cast
    alone rounds the float in DuckDB, and the shortest text of it in Spark.
#}
{% macro decimal_of_double(value) -%}
    cast(
        cast(round({{ value }} * 1e8) as decimal(18, 0))
        * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)
    )
{%- endmacro %}
