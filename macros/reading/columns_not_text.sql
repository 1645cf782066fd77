{#
    What is wrong with columns of Parquet files that are no text: what a number or
    a time looked like in the form would depend on who reads it.
#}
{% macro columns_not_text(name, there) %}
    {% set path = received_path(name) %}
    {% set problems = [] %}
    {% set columns = received_columns(name) | select('in', there) | list %}
    {% if columns and path.endswith('.parquet') %}
        {# A row without values has its types all the same. #}
        {% set types = run_query(
            "select lower(typeof(" ~ columns | join(")), lower(typeof(") ~ "))"
            ~ " from (select 1 as n) as one_row left join "
            ~ rows_of_files(path) ~ " as received on 1 = 0"
        ).rows[0] %}
        {% for column in columns
            if types[columns.index(column)] not in ['varchar', 'string'] %}
            {% do problems.append(
                path ~ ": column \"" ~ column ~ "\" is " ~ types[columns.index(column)]
                ~ ". Write every column as text, as it stood in the form."
            ) %}
        {% endfor %}
    {% endif %}
    {{ return(problems) }}
{% endmacro %}
