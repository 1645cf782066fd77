{# When everything is built and tested. #}
{% macro publish(results) %}
    {% if is_release() %}
        {% set outcomes = [] %}
        {% for result in results %}
            {% do outcomes.append(
                (result.node.unique_id, result.status | string)
            ) %}
        {% endfor %}
        {% do ask_publisher({
            'step': 'publish', 'nodes': graph.nodes, 'outcomes': outcomes
        }) %}
        {% do log(
            'Published ' ~ var('release_version') ~ ': '
            ~ releases_root() ~ '/published', info=true
        ) %}
    {% endif %}
{% endmacro %}
