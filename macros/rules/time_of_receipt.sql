{#
    The time of receipt, read if it is an ISO 8601 date or date-time in the
    extended form, without zone (R21). The pattern comes first: a cast alone is
    too kind. Microseconds, whatever was written after them.
#}
{% macro time_of_receipt(text) -%}
    case
        when
            {{ matches(
                text,
                "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                ~ "(T([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?"
            ) }}
            then try_cast(left(replace({{ text }}, ',', '.'), 26) as timestamp)
    end
{%- endmacro %}
