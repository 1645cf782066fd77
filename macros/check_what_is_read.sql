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

{#
    What is selected of this project, with the models of unit tests, which read
    what their model reads.
#}
{% macro selected_nodes() %}
    {% set nodes = [] %}
    {% for key in selected_resources if execute %}
        {% set parts = key.split('.') %}
        {% if parts[0] == 'unit_test' %}
            {% set key = 'model.' ~ parts[1] ~ '.' ~ parts[2] %}
        {% endif %}
        {% if parts[1] == 'arsverk' and key in graph.nodes %}
            {% do nodes.append(graph.nodes[key]) %}
        {% endif %}
    {% endfor %}
    {{ return(nodes | unique(attribute='unique_id') | sort(attribute='name')) }}
{% endmacro %}

{# What was selected and all that it reads; without a selection everything. #}
{% macro command_that_builds() %}
    {% set names = [] %}
    {% for name in invocation_args_dict.get('select') or [] %}
        {% do names.append(name if name[0] in '+@' else '+' ~ name) %}
    {% endfor %}
    {{ return('dbt build' ~ (' --select ' ~ names | join(' ') if names else '')) }}
{% endmacro %}
