{#
    The sum of person-years times the share of each that counts, rounded once,
    half away from zero, to eight decimals. Nearly every unit counts whole, and
    is added as it is: the rest alone is multiplied and rounded, which takes
    longer than everything else.
#}
{% macro sum_of_shares(fte, share) -%}
    cast(
        coalesce(sum(case when {{ share }} = 1 then {{ fte }} end), 0)
        + coalesce(
            cast(
                sum(
                    case
                        when {{ share }} != 1
                            -- Wide first: two narrow decimals overflow.
                            then cast({{ fte }} as decimal(28, 8)) * {{ share }}
                    end
                ) as decimal(18, 8)
            ),
            0
        ) as decimal(18, 8)
    )
{%- endmacro %}
