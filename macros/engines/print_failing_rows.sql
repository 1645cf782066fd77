{#
    Prints the rows on which the project's data tests have failed: how many there are,
    the first ten, and what to do. A test says so under `meta: {what_to_do: ...}`; of one that
    does not, the file that it looks at is named. Called at the end of every run, with
    the results that there are.
#}
{% macro print_failing_rows(results) %}
    {% for result in results if execute
        and result.node.resource_type == 'test'
        and result.node.package_name == 'arsverk'
        and result.status | string in ['fail', 'warn'] %}
        {% set found = run_query(
            "select * from (\n" ~ result.node.compiled_code
            ~ "\n) as failing_rows order by all limit 10"
        ) %}
        {% set n = result.failures %}
        {% set shown = found.rows | length %}
        {% do log(
            "\n" ~ result.node.name ~ ": " ~ n ~ (" row" if n == 1 else " rows")
            ~ (", the first " ~ shown if shown < n else "") ~ "\n"
            ~ claim_of_test(result.node) ~ rows_as_text(found) ~ "\n" ~ what_to_do(result.node) ~ "\n",
            info=true
        ) %}
    {% endfor %}
{% endmacro %}
