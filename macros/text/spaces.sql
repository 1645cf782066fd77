{#
    The spaces that people and programs type around and inside numbers:
    ordinary, no-break, thin and narrow no-break. Written with escapes, since
    nobody can see them.
#}
{% macro spaces() -%}
    {{ return(" \u00a0\u2009\u202f") }}
{%- endmacro %}
