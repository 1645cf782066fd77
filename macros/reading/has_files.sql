{# Whether there is a file at a path, which may hold wildcards. #}
{% macro has_files(path) %}
    {{ return(adapter.dispatch('has_files')(path)) }}
{% endmacro %}

{% macro default__has_files(path) %}
    {{ return(run_query(
        "select 1 from glob('" ~ path | replace("'", "''") ~ "') limit 1"
    ).rows | length > 0) }}
{% endmacro %}

{#
    Spark stops at a path that leads nowhere, so that a file that is there stands
    beside it, in braces.
#}
{% macro spark__has_files(path) %}
    {% set project = (seeds_of_this_project() | first).root_path %}
    {% set absolute = path if path.startswith('/') else project ~ '/' ~ path %}
    {% set known = project ~ '/dbt_project.yml' %}
    {{ return(run_query(
        "select 1 from binaryfile.`/{" ~ known[1:] ~ "," ~ absolute[1:] ~ "}`"
        ~ " where path not like '%/dbt_project.yml' limit 1"
    ).rows | length > 0) }}
{% endmacro %}
