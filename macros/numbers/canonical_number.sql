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
