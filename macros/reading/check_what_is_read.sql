{#
    Stops before anything is built or tested when what is asked for reads what is
    not there: one message with the command that builds both, instead of an error
    for each. Called at the start of every run.
#}
{% macro check_what_is_read() %}
    {% set missing = [] %}
    {% for node in selected_nodes() if not flags.DEFER %}
        {% for key in node.depends_on.nodes if key not in selected_resources
            and key.split('.')[0] in ['model', 'seed'] %}
            {% set read = graph.nodes[key] %}
            {% if not adapter.get_relation(
                database=read.database, schema=read.schema, identifier=read.alias
            ) %}
                {% do missing.append((node.name, read.name)) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% if missing %}
        {% set told = [] %}
        {% for name, read in missing[:5] %}
            {% do told.append(name ~ " reads " ~ read ~ ".") %}
        {% endfor %}
        {% if missing | length > 5 %}
            {% do told.append("and " ~ (missing | length - 5) ~ " more.") %}
        {% endif %}
        {{ exceptions.raise_compiler_error(
            "Nothing was done, because what is read here is not built yet.\n"
            ~ told | join("\n") ~ "\nBuild it too: " ~ command_that_builds()
        ) }}
    {% endif %}
{% endmacro %}
