{# The names of all files of submissions and answers that the vars ask for. #}
{% macro received_names() %}
    {% set names = [] %}
    {% for of in collected_years() %}
        {% do names.append('submissions_' ~ of.year) %}
    {% endfor %}
    {% for year in answer_years() %}
        {% do names.append('answers_' ~ year) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}
