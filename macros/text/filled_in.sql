{#
    A text of the seed `rules` with its placeholders filled in from a row of
    findings. Braces that were typed are taken away until the end, so that nothing
    that somebody typed is taken for a placeholder. Texts about a whole part hold
    nothing that was typed.
#}
{% macro filled_in(message, language, with_typed=true) -%}
    {%- set ns = namespace(sql=message) -%}
    {%- set computed = [
        ("year_before", "cast(findings.year - 1 as string)"),
        ("year", "cast(findings.year as string)"),
        ("ceiling", limit_as_text("ceiling_per_1000", language)),
        ("change_pct", limit_as_text("large_change_pct", language)),
        ("change_fte", limit_as_text("large_change_fte", language)),
        ("fte", in_language("findings.fte_text", language)),
        ("compared", in_language("findings.compared_text", language)),
        ("about", in_language("findings.about_text", language)),
    ] -%}
    {%- set typed = [
        ("column", "findings.column_name"),
        ("unit", without_braces("findings.reporting_unit_code")),
        ("submission", without_braces("findings.submission_id")),
        ("service", without_braces("findings.service_label")),
        ("question", without_braces("findings.question_label")),
        ("value", without_braces("findings.raw_value")),
    ] -%}
    {%- for placeholder, value in computed + (typed if with_typed else []) -%}
        {%- set ns.sql -%}
            replace(
                {{ ns.sql }},
                '{{ "{" ~ placeholder ~ "}" }}',
                coalesce({{ value }}, '')
            )
        {%- endset -%}
    {%- endfor -%}
    {%- if with_typed -%}
        replace({{ ns.sql }}, '{{ "\ue000" }}', '{')
    {%- else -%}
        {{ ns.sql }}
    {%- endif -%}
{%- endmacro %}
