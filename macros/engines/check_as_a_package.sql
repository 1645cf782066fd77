{#
    Stops before anything is built when another project has this one as a package
    and dbt would not find what the package needs: a package's own way to load
    seeds is found only by projects that say so. docs/as-a-package.md. Called at
    the start of every run.
#}
{% macro check_as_a_package() %}
    {% set found = [] %}
    {% for rule in adapter.config.dispatch or [] if execute
        and rule['macro_namespace'] == 'dbt'
        and 'arsverk' in rule['search_order'] %}
        {% do found.append(rule) %}
    {% endfor %}
    {% if execute and project_name != 'arsverk' and not found %}
        {{ exceptions.raise_compiler_error(
            "Nothing was built: without these lines in its dbt_project.yml, "
            ~ project_name ~ " would read the seeds of arsverk wrongly. Add\n\n"
            ~ "dispatch:\n"
            ~ "  - macro_namespace: dbt\n"
            ~ "    search_order: [" ~ project_name ~ ", arsverk, dbt]\n"
        ) }}
    {% endif %}
{% endmacro %}
