{# The columns of the files at a path. #}
{% macro columns_of_files(path) %}
    {{ return(run_query(
        "select * from " ~ rows_of_files(path) ~ " limit 0"
    ).column_names | list) }}
{% endmacro %}
