{#
    A path from wherever dbt is started: one that is not whole begins in the
    project's folder.
#}
{% macro in_the_project(path) -%}
    {%- if modules.re.match('/|[A-Za-z][A-Za-z0-9+.-]*:', path) -%}
        {{ return(path) }}
    {%- endif -%}
    {{ return(adapter.config.project_root ~ ('' if path == '.' else '/' ~ path)) }}
{%- endmacro %}
