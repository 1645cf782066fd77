{# The seeds of arsverk, which may be a package of a project with seeds of its own. #}
{% macro seeds_of_this_project() %}
    {% set seeds = [] %}
    {% for node in graph.get('nodes', {}).values() if execute
        and node.resource_type == 'seed' and node.package_name == 'arsverk' %}
        {% do seeds.append(node) %}
    {% endfor %}
    {{ return(seeds | sort(attribute='original_file_path')) }}
{% endmacro %}
