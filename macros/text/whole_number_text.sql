{#
    A whole number as people write it: 17436 is 17 436 with a thin space in
    Norwegian and 17,436 in English. Without its sign.
#}
{% macro whole_number_text(value, language) -%}
    {%- set space = "\u2009" if language == "nb" else "," -%}
    {%- set digits = "cast(cast(abs(" ~ value ~ ") as bigint) as string)" -%}
    case
        when abs({{ value }}) < 1000 then {{ digits }}
        when abs({{ value }}) < 1000000 then concat(
            left({{ digits }}, length({{ digits }}) - 3),
            '{{ space }}',
            right({{ digits }}, 3)
        )
        else concat(
            left({{ digits }}, length({{ digits }}) - 6),
            '{{ space }}',
            substring({{ digits }}, length({{ digits }}) - 5, 3),
            '{{ space }}',
            right({{ digits }}, 3)
        )
    end
{%- endmacro %}
