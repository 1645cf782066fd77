{#
    The columns and constraints with which a table is made. With the var
    primary_keys off, without its primary key: DuckDB keeps an index for each,
    in memory, which is most of the memory when rows are many (docs/scale.md).
    The test every_key_of_a_mart_is_unique holds keys in either case.
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

{# The columns of a mart's primary key, as its description declares them. #}
{% macro primary_key(mart) -%}
    {%- set columns = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.unique_id == 'model.arsverk.' ~ mart -%}
            {%- for constraint in node.constraints
                if constraint['type'] == 'primary_key' -%}
                {%- do columns.extend(constraint['columns']) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{%- endmacro %}
