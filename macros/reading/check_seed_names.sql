{% macro check_seed_names(names) -%}
    array_to_string([{{ check_seed_shown("x") }} for x in {{ names }}], ', ')
{%- endmacro %}
