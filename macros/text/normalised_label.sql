{#
    A service label as it is compared: trimmed and case-folded (R21). Tabs and
    line breaks, which come with cells pasted from a sheet, are trimmed too.
#}
{% macro normalised_label(text) -%}
    lower(trim(both '{{ spaces() ~ "\t\r\n" }}' from coalesce({{ text }}, '')))
{%- endmacro %}
