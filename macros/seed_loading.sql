{#
    How seeds enter DuckDB. Nothing is guessed: the dialect is fixed, a column
    of a submission file that has no declared type is text, and a row that does
    not fit stops the load with its line number.
#}
{% macro duckdb__create_csv_table(model, agate_table) %}
    {%- set declared = model['config'].get('column_types', {}) -%}
    {%- set all_text = model['config'].get('meta', {}).get(
        'all_columns_are_text', false
    ) -%}
    {% set sql %}
        create table {{ this.render() }} (
            {%- for name in agate_table.column_names %}
            {{ name }} {{
                declared.get(name)
                or ('text' if all_text else adapter.convert_type(agate_table, loop.index0))
            }}{{ "," if not loop.last }}
            {%- endfor %}
        )
    {% endset %}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{% endmacro %}

{% macro duckdb__load_csv_rows(model, agate_table) %}
    {% set sql %}
        copy {{ this.render() }} from '{{ adapter.get_seed_file_path(model) }}' (
            format csv, auto_detect false, header true, delimiter ',',
            quote '"', escape '"', nullstr '', strict_mode true
        )
    {% endset %}
    {% do adapter.add_query(sql, abridge_sql_log=true) %}
    {{ return(sql) }}
{% endmacro %}
