{#
    A sentence of `sentence_texts` as SQL: its words, and between them the values
    that are filled in, which are SQL for texts. Every placeholder has a value; a
    value that is null makes the whole sentence null.
#}
{% macro sentence(code, language, values) -%}
    {%- set parts = [] -%}
    {%- for part in modules.re.split(
        "([{][a-z_]+[}])", sentence_texts()[code][language]
    ) if part -%}
        {%- if part.startswith("{") -%}
            {%- do parts.append(values[part[1:-1]] | trim) -%}
        {%- else -%}
            {%- do parts.append(text_literal(part)) -%}
        {%- endif -%}
    {%- endfor -%}
    ({{ parts | join(" || ") }})
{%- endmacro %}
