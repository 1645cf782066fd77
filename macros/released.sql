{#
    A table of the newest published release, read from its Parquet file: the
    columns that are asked for, with their types. Without a release there are no
    rows; a column that the release does not have yet is empty.
#}
{% macro released(table, columns) -%}
    {{ return(adapter.dispatch('released')(table, columns)) }}
{%- endmacro %}

{% macro default__released(table, columns) -%}
    {%- set file = (
        releases_root() ~ '/published/parquet/' ~ table ~ '.parquet'
    ) | replace("'", "''") -%}
    {%- set there = [] -%}
    {%- if execute and run_query("select 1 from glob('" ~ file ~ "')").rows -%}
        {%- for row in run_query(
            "select name from parquet_schema('" ~ file ~ "')"
        ).rows -%}
            {%- do there.append(row['name']) -%}
        {%- endfor -%}
    {%- endif -%}
    select
    {%- for name, type in columns.items() %}
        cast({{ name if name in there else "null" }} as {{ type }}) as {{ name }}
        {{- "," if not loop.last }}
    {%- endfor %}
    {{ "from read_parquet('" ~ file ~ "')" if there else "where 1 = 0" }}
{%- endmacro %}

{# The folder that holds `releases/` and the link `published`. #}
{% macro releases_root() -%}
    {{ return(var('releases_root', env_var('ARSVERK_RELEASES', '.'))) }}
{%- endmacro %}
