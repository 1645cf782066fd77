{#
    A text of the seed `rules` with its placeholders filled in from a row of
    findings. What was typed is filled in last, so that nothing that somebody
    typed is taken for a placeholder. Texts about a whole part hold nothing that
    was typed.
#}
{% macro filled_in(message, language, with_typed=true) -%}
    {%- set ns = namespace(sql=message) -%}
    {%- set computed = [
        ("year_before", "cast(findings.year - 1 as string)"),
        ("year", "cast(findings.year as string)"),
        ("ceiling", limit_as_text("ceiling_per_1000", language)),
        ("change_pct", limit_as_text("large_change_pct", language)),
        ("change_fte", limit_as_text("large_change_fte", language)),
        ("fte", "coalesce("
            ~ number_as_text("findings.fte", 4, language) ~ ", '')"),
        ("compared", "coalesce("
            ~ number_as_text("findings.compared_fte", 2, language) ~ ", '')"),
    ] -%}
    {%- set typed = [
        ("column", "coalesce(findings.column_name, '')"),
        ("unit", "findings.reporting_unit_code"),
        ("submission", "findings.submission_id"),
        ("service", "coalesce(findings.service_label, '')"),
        ("value", "coalesce(findings.raw_value, '')"),
    ] -%}
    {%- for placeholder, value in computed + (typed if with_typed else []) -%}
        {%- set ns.sql -%}
            replace({{ ns.sql }}, '{{ "{" ~ placeholder ~ "}" }}', {{ value }})
        {%- endset -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}

{# A limit, which is a var, as it stands in a text. #}
{% macro limit_as_text(name, language) -%}
    {%- set text = var(name) | string -%}
    '{{ text | replace(".", ",") if language == "nb" else text }}'
{%- endmacro %}
