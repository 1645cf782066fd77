{# What was selected and all that it reads; without a selection everything. #}
{% macro command_that_builds() %}
    {% set names = [] %}
    {% for name in invocation_args_dict.get('select') or [] %}
        {% do names.append(name if name[0] in '+@' else '+' ~ name) %}
    {% endfor %}
    {{ return('dbt build' ~ (' --select ' ~ names | join(' ') if names else '')) }}
{% endmacro %}
