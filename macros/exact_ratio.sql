{#
    multiplier * numerator / denominator, rounded half away from zero to the
    given number of decimals, in whole numbers all the way: the only place
    where figures are divided or rounded (R14). Empty where the denominator
    is 0 or empty.
#}
{% macro exact_ratio(numerator, denominator, multiplier, decimals) -%}
    {%- set n = as_whole_number(numerator) -%}
    {%- set d = as_whole_number(denominator) -%}
    {%- set scale = 10 ** decimals -%}
    {#- No product has more than 38 digits: Spark would round it without a word. -#}
    {%- set digits = 18 if decimals <= 8 else 24 -%}
    {%- set unit = "0." ~ "0" * (decimals - 1) ~ "1" if decimals else "1" -%}
    case
        when {{ denominator }} = 0 then null
        else cast(
            cast(
                case when {{ numerator }} < 0 then -1 else 1 end
                * cast(
                    {{ whole_quotient(
                        "2 * abs(" ~ n ~ ") * " ~ multiplier * scale ~ " + " ~ d,
                        "2 * " ~ d
                    ) }} as decimal({{ digits }}, 0)
                ) as decimal({{ digits }}, 0)
            )
            * cast({{ unit }} as decimal({{ decimals + 1 }}, {{ decimals }}))
            as decimal({{ digits }}, {{ decimals }})
        )
    end
{%- endmacro %}

{# An exact decimal with at most eight decimals, times 10^8. #}
{% macro as_whole_number(value) -%}
    {{ return(adapter.dispatch('as_whole_number')(value)) }}
{%- endmacro %}

{% macro default__as_whole_number(value) -%}
    cast(cast({{ value }} as decimal(28, 8)) * 100000000 as hugeint)
{%- endmacro %}

{% macro spark__as_whole_number(value) -%}
    cast(cast({{ value }} as decimal(28, 8)) * 100000000 as decimal(28, 0))
{%- endmacro %}

{# Division of whole numbers, the remainder dropped. #}
{% macro whole_quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    ({{ dividend }}) // ({{ divisor }})
{%- endmacro %}

{# Spark's `div` makes a bigint, and cuts off what is too great for it. #}
{% macro spark__whole_quotient(dividend, divisor) -%}
    cast(
        (({{ dividend }}) - ({{ dividend }}) % ({{ divisor }})) / ({{ divisor }})
        as decimal(38, 0)
    )
{%- endmacro %}
