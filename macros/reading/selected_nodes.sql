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
