{#
    A text of the seed `sentences`, which the model imports as `words`, with its
    placeholders filled in: their values are SQL for texts. A value that is null makes
    the whole text null. Braces in a name are taken away until the end, so that nothing
    in it is taken for a placeholder.
#}
{% macro sentence(code, language, values) -%}
    {%- set brace = "\ue000" -%}
    {%- set names = [
        "answer", "break", "category", "group", "highest_counties",
        "lowest_counties", "others", "reason", "reasons", "region", "unit"
    ] -%}
    {%- set ns = namespace(has_name=false, sql=(
        "(select text_" ~ language ~ " from words where text_code = '" ~ code ~ "')"
    )) -%}
    {%- for name, value in values.items() -%}
        {%- set text = "cast(" ~ value | trim ~ " as string)" -%}
        {%- if name in names -%}
            {%- set text = "replace(" ~ text ~ ", '{', '" ~ brace ~ "')" -%}
            {%- set ns.has_name = true -%}
        {%- endif -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '{" ~ name ~ "}', " ~ text ~ ")" -%}
    {%- endfor -%}
    {{ "replace(" ~ ns.sql ~ ", '" ~ brace ~ "', '{')" if ns.has_name else ns.sql }}
{%- endmacro %}
