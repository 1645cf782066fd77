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
