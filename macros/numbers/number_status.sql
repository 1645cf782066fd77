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
