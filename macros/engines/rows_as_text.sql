{# Rows as lines of text, with as many of their first columns as a line holds. #}
{% macro rows_as_text(table) %}
    {% set ns = namespace(columns=[], width=0) %}
    {% for name in table.column_names %}
        {% set texts = [name] %}
        {% for row in table.rows %}
            {% set text = modules.re.sub(
                '[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]',
                '\ufffd', "–" if row[name] is none else row[name] | string
            ) %}
            {% do texts.append(text if text | length <= 40 else text[:39] ~ "…") %}
        {% endfor %}
        {% set width = texts | map('length') | max %}
        {% set ns.width = ns.width + width + 2 %}
        {% if ns.width <= 150 %}
            {% do ns.columns.append(texts) %}
        {% endif %}
    {% endfor %}
    {% set lines = [] %}
    {% for n in range(table.rows | length + 1) %}
        {% set cells = [] %}
        {% for texts in ns.columns %}
            {% do cells.append(
                "%-*s" | format(texts | map('length') | max, texts[n])
            ) %}
        {% endfor %}
        {% do lines.append("  " ~ cells | join("  ") | trim) %}
    {% endfor %}
    {{ return(lines | join("\n")) }}
{% endmacro %}
