{#
    Schema names are part of the contract: people type `marts.fct_indicator`,
    not `main_marts.fct_indicator`.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
