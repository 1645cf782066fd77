{#
    The collection years, each with its form edition: those of the var
    form_editions. An edition may have no years. Checked whenever it is read: each
    of them is a file that dbt looks for while it reads the project.
#}
{% macro collected_years() %}
    {% set collected = [] %}
    {% set meaning =
        'editions, each with a list of years and its cells; each year once, and'
        ~ ' at least one'
    %}
    {% set editions = var('form_editions') %}
    {% if editions is not mapping %}
        {{ refuse_var('form_editions', meaning) }}
    {% endif %}
    {% for edition, form in editions.items() %}
        {% if form is not mapping or not form.get('cells') %}
            {{ refuse_var('form_editions', meaning) }}
        {% endif %}
        {% set years = form.get('years') or [] %}
        {% if years is string or years is not sequence
            or years | reject('integer') | list %}
            {{ refuse_var('form_editions', meaning) }}
        {% endif %}
        {% for year in years %}
            {% do collected.append(
                {'year': year, 'edition': edition, 'form': form}
            ) %}
        {% endfor %}
    {% endfor %}
    {% set unique = collected | map(attribute='year') | unique | list %}
    {% if not unique or unique | length != collected | length %}
        {{ refuse_var('form_editions', meaning) }}
    {% endif %}
    {{ return(collected) }}
{% endmacro %}
