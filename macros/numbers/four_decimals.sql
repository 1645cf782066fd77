{#
    The value of a canonical number with four decimals, rounded half away from
    zero. The fifth decimal decides, so nothing after it is read: no rounding
    happens twice. More than nine digits before the separator are read as
    999,999,999, which no ceiling lets pass (R21, implausible_level).
#}
{# R1: a number is kept exactly, with four decimals. #}
{% macro four_decimals(canonical) -%}
    {%- set whole = "trim(leading '0' from split_part(" ~ canonical ~ ", '.', 1))" -%}
    cast(
        round(
            cast(
                case
                    when length({{ whole }}) > 9 then '999999999'
                    else concat(
                        '0', {{ whole }}, '.', left(split_part({{ canonical }}, '.', 2), 5)
                    )
                end as decimal(18, 5)
            ),
            4
        ) as decimal(18, 4)
    )
{%- endmacro %}
