{#
    A table of the newest published release, read from its Parquet file: the
    columns that are asked for, with their types. Without a release there are no
    rows; a column that the release does not have yet is empty.
#}
{% macro released(table, columns) -%}
    {%- set path = releases_root() ~ '/published/parquet/' ~ table ~ '.parquet' -%}
    {%- set there = columns_of_files(path) if execute and has_files(path) else [] -%}
    select
    {%- for name, type in columns.items() %}
        cast({{ name if name in there else "null" }} as {{ type }}) as {{ name }}
        {{- "," if not loop.last }}
    {%- endfor %}
    {{ "from " ~ rows_of_files(path) if there else "where 1 = 0" }}
{%- endmacro %}
