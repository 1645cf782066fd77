{#
    The name of a service, of an education or of the total, of figures beside which
    `services`, `education` and `words` are joined or imported.
#}
{% macro category_name(figures, language) -%}
    case
        when {{ figures }}.breakdown = 'total'
            then {{ sentence("total", language, {}) }}
        else coalesce(services.name_{{ language }}, education.name_{{ language }})
    end
{%- endmacro %}
