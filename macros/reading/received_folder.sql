{# The folder that the path is in, as far as it is the same for all its files. #}
{% macro received_folder(name) -%}
    {%- set same = modules.re.split('[*?{[]', received_path(name))[0] -%}
    {{ return(same[:same.rfind('/') + 1]) }}
{%- endmacro %}
