{#
    How seeds enter DuckDB. Nothing is guessed: the dialect is fixed, a column
    of a submission file that has no declared type is text, and a row that does
    not fit stops the load with its line number. Seeds of a project that has this
    one as a package are loaded as dbt does.
#}
{% macro duckdb__create_csv_table(model, agate_table) %}
    {% if model['package_name'] != 'arsverk' %}
        {{ return(dbt.default__create_csv_table(model, agate_table)) }}
    {% endif %}
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

{#
    How seeds enter Spark, when it runs in the process of dbt and so sees the
    files: through its own reader, every column text at first. A cast that is not
    possible, or a row that does not fit, stops the load. The adapter's way, rows
    as literals in a statement, takes minutes in a session and makes the text
    None of an empty value; it is kept for clusters, which do not see the files.
#}
{% macro spark__create_csv_table(model, agate_table) %}
    {% if model['package_name'] != 'arsverk'
        or adapter.config.credentials.method != 'session' %}
        {{ return(dbt.spark__create_csv_table(model, agate_table)) }}
    {% endif %}
    {%- set declared = model['config'].get('column_types', {}) -%}
    {% set sql %}
        create table {{ this.render() }} (
            {%- for name in agate_table.column_names %}
            {{ name }} {{ declared.get(name, 'string') }}
            {{- "," if not loop.last }}
            {%- endfor %}
        )
        {{ file_format_clause() or 'using parquet' }}
        {{ comment_clause() }}
    {% endset %}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{% endmacro %}
