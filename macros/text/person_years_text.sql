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
