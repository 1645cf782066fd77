{% macro duckdb__load_csv_rows(model, agate_table) %}
    {% if model['package_name'] != 'arsverk' %}
        {{ return(dbt.duckdb__load_csv_rows(model, agate_table)) }}
    {% endif %}
    {% set sql %}
        copy {{ this.render() }} from {{ text_literal(adapter.get_seed_file_path(model)) }} (
            format csv, auto_detect false, header true, delimiter ',',
            quote '"', escape '"', nullstr '', strict_mode true
        )
    {% endset %}
    {% do adapter.add_query(sql, abridge_sql_log=true) %}
    {{ return(sql) }}
{% endmacro %}

{% macro spark__load_csv_rows(model, agate_table) %}
    {% if model['package_name'] != 'arsverk'
        or adapter.config.credentials.method != 'session' %}
        {{ return(dbt.spark__load_csv_rows(model, agate_table)) }}
    {% endif %}
    {%- set declared = model['config'].get('column_types', {}) -%}
    {% set sql %}
        insert into {{ this.render() }}
        select
            {%- for name in agate_table.column_names %}
            cast({{ name }} as {{ declared.get(name, 'string') }}) as {{ name }}
            {{- "," if not loop.last }}
            {%- endfor %}
        from {{ rows_of_files(
            model['root_path'] ~ '/' ~ model['original_file_path']
        ) }}
    {% endset %}
    {% do adapter.add_query(sql, abridge_sql_log=true) %}
    {{ return(sql) }}
{% endmacro %}
