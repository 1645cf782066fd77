{#
    A message of the seed `rules` with its placeholders filled in from a row of
    findings. What was typed is filled in last, so that nothing that somebody
    typed is taken for a placeholder.
#}
{% macro filled_in(message) -%}
    {%- set ns = namespace(sql=message) -%}
    {%- for placeholder, value in [
        ("year", "cast(findings.year as string)"),
        ("ceiling", "'" ~ var("ceiling_per_1000") ~ "'"),
        ("column", "coalesce(findings.column_name, '')"),
        ("unit", "findings.reporting_unit_code"),
        ("submission", "findings.submission_id"),
        ("service", "coalesce(findings.service_label, '')"),
        ("value", "coalesce(findings.raw_value, '')"),
    ] -%}
        {%- set ns.sql -%}
            replace({{ ns.sql }}, '{{ "{" ~ placeholder ~ "}" }}', {{ value }})
        {%- endset -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}
