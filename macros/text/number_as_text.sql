{#
    A figure as people write it, with at most the given decimals: 45.50 is
    45,5 in Norwegian (nb) and 45.5 in English (en).
#}
{% macro number_as_text(value, decimals, language) -%}
    {%- set text -%}
        trim(trailing '.' from trim(
            trailing '0' from
            cast({{ rounded_figure(value, decimals) }} as string)
        ))
    {%- endset -%}
    {{ in_language(text, language) }}
{%- endmacro %}
