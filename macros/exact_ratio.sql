{#
    multiplier * numerator / denominator, rounded half away from zero to the
    given number of decimals, exactly: the only place where figures are divided
    or rounded (R14). Empty where the denominator is 0 or empty.
#}
{% macro exact_ratio(numerator, denominator, multiplier, decimals) -%}
    cast(
        case when {{ numerator }} < 0 then -1 else 1 end
        * ({{ rounded_quotient(numerator, denominator, multiplier, decimals) }})
        as decimal({{ 18 if decimals <= 8 else 24 }}, {{ decimals }})
    )
{%- endmacro %}

{# The same without its sign. #}
{% macro rounded_quotient(numerator, denominator, multiplier, decimals) -%}
    {{ return(adapter.dispatch('rounded_quotient')(
        numerator, denominator, multiplier, decimals
    )) }}
{%- endmacro %}

{#
    DuckDB divides whole numbers of 128 bits slowly, and numbers in floating
    point quickly. So a first quotient is found in floating point, and what is
    left when it is multiplied back, in exact decimals, is divided again: that
    is less than two units of the last decimal from the whole quotient, of
    however many digits. What is left then says, exactly, whether the next one
    up or down is nearer. No `case` in it: in one, DuckDB would work the same
    thing out each time that it is named.
#}
{% macro default__rounded_quotient(numerator, denominator, multiplier, decimals) -%}
    {%- set type = "decimal(" ~ (18 if decimals <= 8 else 24) ~ ", " ~ decimals ~ ")" -%}
    {%- set unit = unit_of_decimals(decimals) -%}
    {%- set n = "abs(cast(" ~ numerator ~ " as decimal(28, 8)))"
        ~ (" * " ~ multiplier if multiplier != 1 else "") -%}
    {%- set d = "nullif(cast(" ~ denominator ~ " as decimal(28, 8)), 0)" -%}
    {%- set first = "cast(cast(" ~ n ~ " as double) / cast(" ~ d
        ~ " as double) as " ~ type ~ ")" -%}
    {%- set left = "(" ~ n ~ " - " ~ first ~ " * " ~ d ~ ")" -%}
    {%- set second = "cast(cast(" ~ left ~ " as double) / cast(" ~ d
        ~ " as double) as " ~ type ~ ")" -%}
    {%- set twice_left = "2 * (" ~ left ~ " - " ~ second ~ " * " ~ d ~ ")" -%}
    {{ first }}
        + {{ second }}
        + cast({{ twice_left }} >= {{ d }} * {{ unit }} as integer) * {{ unit }}
        - cast({{ twice_left }} < -{{ d }} * {{ unit }} as integer) * {{ unit }}
{%- endmacro %}

{% macro spark__rounded_quotient(numerator, denominator, multiplier, decimals) -%}
    {{ quotient_of_whole_numbers(numerator, denominator, multiplier, decimals) }}
{%- endmacro %}

{# The same, in whole numbers all the way. #}
{% macro quotient_of_whole_numbers(
    numerator, denominator, multiplier, decimals
) -%}
    {%- set n = as_whole_number(numerator) -%}
    {%- set d = as_whole_number(denominator) -%}
    cast(
        {{ whole_quotient(
            "2 * abs(" ~ n ~ ") * " ~ multiplier * 10 ** decimals ~ " + " ~ d,
            "2 * " ~ d
        ) }} as decimal(28, 0)
    )
    * {{ unit_of_decimals(decimals) }}
{%- endmacro %}

{# The smallest step of a figure with so many decimals: 0.01 for two. #}
{% macro unit_of_decimals(decimals) -%}
    {%- set unit = "0." ~ "0" * (decimals - 1) ~ "1" if decimals else "1" -%}
    cast({{ unit }} as decimal({{ decimals + 1 }}, {{ decimals }}))
{%- endmacro %}

{# An exact decimal with at most eight decimals, times 10^8. #}
{% macro as_whole_number(value) -%}
    {{ return(adapter.dispatch('as_whole_number')(value)) }}
{%- endmacro %}

{% macro default__as_whole_number(value) -%}
    cast(cast({{ value }} as decimal(28, 8)) * 100000000 as hugeint)
{%- endmacro %}

{% macro spark__as_whole_number(value) -%}
    cast({{ value }} * 100000000 as decimal(28, 0))
{%- endmacro %}

{# Division of whole numbers, the remainder dropped. #}
{% macro whole_quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    ({{ dividend }}) // ({{ divisor }})
{%- endmacro %}

{% macro spark__whole_quotient(dividend, divisor) -%}
    ({{ dividend }}) div ({{ divisor }})
{%- endmacro %}
