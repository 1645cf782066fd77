{#
    A catalog in memory knows nothing of the tables that an earlier command left
    in its folder, and refuses to write over them: they are cleared away. Tables
    of this process, which it knows, stay.
#}
{% macro clear_catalog_in_memory() %}
    {% set catalog = 'spark.sql.catalogImplementation' %}
    {% if execute
        and run_query('set ' ~ catalog).rows[0]['value'] == 'in-memory' %}
        {% for schema in graph.nodes.values() | map(attribute='schema') | unique
            if run_query('show databases like "' ~ schema ~ '"').rows
            and not run_query('show tables in ' ~ schema).rows %}
            {% do run_query('drop schema ' ~ schema ~ ' cascade') %}
            {% do run_query('create schema ' ~ schema) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
