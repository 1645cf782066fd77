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
