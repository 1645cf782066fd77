{#
    The columns and constraints with which a table is made. With the var
    primary_keys off, without its primary key: DuckDB keeps an index for each,
    in memory, which is most of the memory when rows are many (docs/scale.md).
    The test unique_key of every mart holds keys in either case.
#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- set constraints = [] -%}
    {%- for constraint in model['constraints']
        if var('primary_keys') or constraint['type'] != 'primary_key'
        or model['package_name'] != 'arsverk' -%}
        {%- do constraints.append(constraint) -%}
    {%- endfor -%}
    (
        {{ (
            adapter.render_raw_columns_constraints(raw_columns=model['columns'])
            + adapter.render_raw_model_constraints(raw_constraints=constraints)
        ) | join(",\n        ") }}
    )
{%- endmacro %}
