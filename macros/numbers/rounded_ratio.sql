{#
    multiplier * numerator / denominator, rounded half away from zero to the
    given number of decimals, exactly (R14). Figures are divided and rounded in
    `rounded_ratio` and `rounded_figure` only. Empty where the denominator is 0 or empty.
#}
{# R14: every rounding starts from the unrounded value, half away from zero. #}
{% macro rounded_ratio(numerator, denominator, multiplier, decimals) -%}
    {{ return(adapter.dispatch('rounded_ratio')(
        numerator, denominator, multiplier, decimals
    )) }}
{%- endmacro %}

{#
    DuckDB divides whole numbers of 128 bits slowly, and numbers in floating
    point quickly. So a first quotient is found in floating point, and what is
    left when it is multiplied back, in exact decimals, is divided again: that
    is less than two units of the last decimal from the whole quotient, of
    however many digits. What is left then says, exactly, whether the next one
    up or down is nearer. No `case` around it: in one, DuckDB would work the same
    thing out each time that it is named.
#}
{% macro default__rounded_ratio(numerator, denominator, multiplier, decimals) -%}
    {%- set type = type_of_ratio(decimals) -%}
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
    cast(
        case when {{ numerator }} < 0 then -1 else 1 end
        * (
            {{ first }}
            + {{ second }}
            + cast({{ twice_left }} >= {{ d }} * {{ unit }} as integer) * {{ unit }}
            - cast({{ twice_left }} < -{{ d }} * {{ unit }} as integer) * {{ unit }}
        ) as {{ type }}
    )
{%- endmacro %}

{#
    On Spark in whole numbers all the way: hundred-millionths. No product has
    more than 38 digits, which Spark would round without a word; and not with its
    `div`, which makes a bigint and cuts off what is too great for it.
#}
{% macro spark__rounded_ratio(numerator, denominator, multiplier, decimals) -%}
    {%- set whole = "decimal(" ~ (18 if decimals <= 8 else 24) ~ ", 0)" -%}
    {%- set n = "cast(cast(" ~ numerator
        ~ " as decimal(28, 8)) * 100000000 as decimal(28, 0))" -%}
    {%- set d = "cast(cast(" ~ denominator
        ~ " as decimal(28, 8)) * 100000000 as decimal(28, 0))" -%}
    {%- set dividend = "(2 * abs(" ~ n ~ ") * " ~ multiplier * 10 ** decimals
        ~ " + " ~ d ~ ")" -%}
    {%- set divisor = "(2 * " ~ d ~ ")" -%}
    case
        when {{ denominator }} = 0 then null
        else cast(
            cast(
                case when {{ numerator }} < 0 then -1 else 1 end
                * cast(
                    cast(
                        ({{ dividend }} - {{ dividend }} % {{ divisor }})
                        / {{ divisor }} as decimal(38, 0)
                    ) as {{ whole }}
                ) as {{ whole }}
            )
            * {{ unit_of_decimals(decimals) }} as {{ type_of_ratio(decimals) }}
        )
    end
{%- endmacro %}
