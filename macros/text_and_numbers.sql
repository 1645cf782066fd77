{#
    The spaces that people and programs type around and inside numbers:
    ordinary, no-break, thin and narrow no-break. Written with escapes, since
    nobody can see them.
#}
{% macro spaces() -%}
    {{ return(" \u00a0\u2009\u202f") }}
{%- endmacro %}

{% macro trimmed(text) -%}
    trim(both '{{ spaces() }}' from coalesce({{ text }}, ''))
{%- endmacro %}

{#
    A service label as it is compared: trimmed and case-folded (R21). Tabs and
    line breaks, which come with cells pasted from a sheet, are trimmed too.
#}
{% macro normalised_label(text) -%}
    lower(trim(both '{{ spaces() ~ "\t\r\n" }}' from coalesce({{ text }}, '')))
{%- endmacro %}

{# Whether the whole text matches the pattern. Patterns hold no backslash. #}
{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches')(text, pattern)) }}
{%- endmacro %}

{% macro default__matches(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(text, pattern) -%}
    regexp_like({{ text }}, '^(?:{{ pattern }})$')
{%- endmacro %}

{#
    The numbers that R22 accepts, as one pattern: 3  3.5  3,5  ,5  .5
    1 250  1 250,25  1 250.25  1.250,25
#}
{% macro number_pattern() -%}
    {%- set space = "[" ~ spaces() ~ "]" -%}
    {{ return(
        "[0-9]+([.,][0-9]+)?"
        ~ "|[.,][0-9]+"
        ~ "|[0-9]{1,3}(" ~ space ~ "[0-9]{3})+([.,][0-9]+)?"
        ~ "|[0-9]{1,3}([.][0-9]{3})+,[0-9]+"
    ) }}
{%- endmacro %}

{#
    What a typed cell is: `number`, `negative` or `not_a_number` (R22).
    Empty and a lone hyphen are the number 0.
#}
{% macro number_status(text) -%}
    case
        when {{ trimmed(text) }} in ('', '-') then 'number'
        when {{ matches(trimmed(text), number_pattern()) }} then 'number'
        when {{ matches(trimmed(text), "[-\u2212](" ~ number_pattern() ~ ")") }}
            then 'negative'
        else 'not_a_number'
    end
{%- endmacro %}

{#
    The accepted text with a period as its only separator, and 0 for nothing.
    Only meaningful where number_status is `number`.
#}
{% macro canonical_number(text) -%}
    case
        when {{ trimmed(text) }} in ('', '-') then '0'
        when {{ matches(trimmed(text), "[0-9]{1,3}([.][0-9]{3})+,[0-9]+") }}
            then replace(replace({{ trimmed(text) }}, '.', ''), ',', '.')
        else translate({{ trimmed(text) }}, ',{{ spaces() }}', '.')
    end
{%- endmacro %}

{#
    The value of a canonical number with four decimals, rounded half away from
    zero. The fifth decimal decides, so nothing after it is read: no rounding
    happens twice. More than nine digits before the separator are read as
    999,999,999, which no ceiling lets pass (R21, implausible_level).
#}
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
