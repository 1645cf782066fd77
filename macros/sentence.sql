{#
    A sentence of `sentence_texts` as SQL: its words, and between them the values
    that are filled in, which are SQL for texts. Every placeholder has a value; a
    value that is null makes the whole sentence null.
#}
{% macro sentence(code, language, values) -%}
    {%- set parts = [] -%}
    {%- for part in modules.re.split(
        "([{][a-z_]+[}])", sentence_texts()[code][language]
    ) if part -%}
        {%- if part.startswith("{") -%}
            {%- do parts.append(values[part[1:-1]] | trim) -%}
        {%- else -%}
            {%- do parts.append(text_literal(part)) -%}
        {%- endif -%}
    {%- endfor -%}
    ({{ parts | join(" || ") }})
{%- endmacro %}

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

{# Person-years as people write them: one decimal, from 1,000 on none. #}
{% macro person_years_text(value, language) -%}
    {%- set rounded = rounded_figure(value, 0) -%}
    case
        when abs({{ value }}) < 1000
            then {{ in_language(
                "cast(" ~ rounded_figure(value, 1) ~ " as string)", language
            ) }}
        else {{ whole_number_text(rounded, language) }}
    end
{%- endmacro %}

{# A share in whole per cent, rounded from the unrounded one. #}
{% macro whole_per_cent(part, whole) -%}
    cast({{ exact_ratio(part, whole, 100, 0) }} as string)
{%- endmacro %}

{# A text that begins in the middle of a sentence. #}
{% macro lower_first(text) -%}
    lower(left({{ text }}, 1)) || substring({{ text }}, 2)
{%- endmacro %}

{# A label in the middle of a sentence: names such as FACT stay as they are. #}
{% macro inside_a_sentence(text) -%}
    case
        when
            left({{ text }}, 2) = upper(left({{ text }}, 2))
            and upper(left({{ text }}, 2)) != lower(left({{ text }}, 2))
            then {{ text }}
        else {{ lower_first(text) }}
    end
{%- endmacro %}

{# What puts names in Norwegian order: Æ, Ø and Å last, and Aa as Å. #}
{% macro norwegian_order(name) -%}
    translate(replace(lower({{ name }}), 'aa', 'å'), 'æøå', '{|}')
{%- endmacro %}
