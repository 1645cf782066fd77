{#
    The years of the var answer_years that are collected. Checked whenever it is
    read: each of them is a file that dbt looks for while it reads the project.
#}
{% macro answer_years() %}
    {% set years = var('answer_years') %}
    {% if years is string
        or years is not sequence
        or years | unique | list | length != years | length %}
        {{ exceptions.raise_compiler_error(
            refusal_of_var('answer_years', 'a list of years, each once')
        ) }}
    {% endif %}
    {% set collected = collected_years() | map(attribute='year') | list %}
    {{ return(years | select('in', collected) | list) }}
{% endmacro %}
