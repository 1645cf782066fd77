{#
    Publishing, for `dbt build --target release` and nothing else. The file work
    is done by src/arsverk/release.py, which the plugin of that target calls.
#}

{# A package is not published by the project that has it. #}
{% macro is_release() %}
    {{ return(
        execute and project_name == 'arsverk' and target.name == 'release'
        and flags.WHICH == 'build'
    ) }}
{% endmacro %}

{# Before anything is built: may it be published at all? #}
{% macro begin_release() %}
    {% if is_release() %}
        {% set left_out = [] %}
        {% for name in [
            'select', 'exclude', 'selector', 'resource_types',
            'exclude_resource_types', 'empty', 'sample'
        ] if invocation_args_dict.get(name) %}
            {% do left_out.append('--' ~ name | replace('_', '-')) %}
        {% endfor %}
        {% if left_out %}
            {{ exceptions.raise_compiler_error(
                "Only a whole build is published. Leave out "
                ~ left_out | join(' and ') ~ "."
            ) }}
        {% endif %}
        {% if not var('primary_keys') %}
            {{ exceptions.raise_compiler_error(
                "A release has primary keys. Leave the var primary_keys on."
            ) }}
        {% endif %}
        {% do ask_publisher({
            'step': 'begin',
            'version': var('release_version') | string,
            'date': var('release_date'),
            'commit': var('code_commit')
        }) %}
    {% endif %}
{% endmacro %}

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

{% macro ask_publisher(asked) %}
    {% do asked.update({
        'root': releases_root(), 'project': adapter.config.project_root
    }) %}
    {% do adapter.store_relation(
        'dbt_release', api.Relation.create(identifier='release'), [],
        releases_root(), 'release', asked
    ) %}
{% endmacro %}
