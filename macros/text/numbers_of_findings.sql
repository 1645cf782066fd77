{# The numbers of a finding as texts, which `filled_in` takes. #}
{% macro numbers_of_findings() -%}
    {{ number_as_text("fte", 4, "en") }} as fte_text,
        {{ number_as_text("compared_fte", 4, "en") }} as compared_text,
        {{ number_as_text("compared_fte", 2, "en") }} as about_text
{%- endmacro %}
