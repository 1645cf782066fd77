{# What puts names in Norwegian order: Æ, Ø and Å last, and Aa as Å. #}
{% macro norwegian_order(name) -%}
    translate(replace(lower({{ name }}), 'aa', 'å'), 'æøå', '{|}')
{%- endmacro %}
