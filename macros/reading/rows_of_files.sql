{# The rows of Parquet or CSV files at a path, which may hold wildcards. #}
{% macro rows_of_files(path) -%}
    {{ return(adapter.dispatch('rows_of_files')(path)) }}
{%- endmacro %}

{% macro default__rows_of_files(path) -%}
    {%- set quoted = path | replace("'", "''") -%}
    {%- if path.endswith('.parquet') -%}
        read_parquet('{{ quoted }}')
    {%- else -%}
        read_csv(
            '{{ quoted }}', header = true, all_varchar = true, delim = ',',
            quote = '"', escape = '"', nullstr = '', strict_mode = true,
            comment = '', skip = 0
        )
    {%- endif -%}
{%- endmacro %}

{% macro spark__rows_of_files(path) -%}
    {%- if path.endswith('.parquet') -%}
        parquet.`{{ path }}`
    {%- else -%}
        csv.`{{ path }}` with (
            'header' = 'true', 'enforceSchema' = 'false', 'multiLine' = 'true',
            'escape' = '"',
            'mode' = 'FAILFAST', 'unescapedQuoteHandling' = 'RAISE_ERROR'
        )
    {%- endif -%}
{%- endmacro %}
