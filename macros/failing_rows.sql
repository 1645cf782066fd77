{#
    Prints the rows on which the project's data tests have failed: how many there are,
    the first ten, and what to do. A test says so under `meta: {what_to_do: ...}`; of one that
    does not, the file that it looks at is named. Called at the end of every run, with
    the results that there are.
#}
{% macro print_failing_rows(results) %}
    {% for result in results if execute
        and result.node.resource_type == 'test'
        and result.node.package_name == 'arsverk'
        and result.status | string in ['fail', 'warn'] %}
        {% set found = run_query(
            "select * from (\n" ~ result.node.compiled_code
            ~ "\n) as failing_rows order by all limit 10"
        ) %}
        {% set n = result.failures %}
        {% set shown = found.rows | length %}
        {% do log(
            "\n" ~ result.node.name ~ ": " ~ n ~ (" row" if n == 1 else " rows")
            ~ (", the first " ~ shown if shown < n else "") ~ "\n"
            ~ claim_of_test(result.node) ~ rows_as_text(found) ~ "\n" ~ what_to_do(result.node) ~ "\n",
            info=true
        ) %}
    {% endfor %}
{% endmacro %}

{# What a test says of its rows: the comment above its SQL, or its expression. #}
{% macro claim_of_test(node) %}
    {% if not node.test_metadata %}
        {% set comments = modules.re.findall(
            '(?m)^-- (.*)$', node.raw_code.split('\nwith\n')[0]
        ) %}
        {{ return("  " ~ comments | join("\n  ") ~ "\n" if comments else "") }}
    {% endif %}
    {% set expression = node.test_metadata.kwargs.get('expression') %}
    {{ return("  It must hold that " ~ expression | trim ~ "\n" if expression else "") }}
{% endmacro %}

{#
    What to do about a test that fails. Without words of its own: what is wrong stands
    in the seed; or a model is wrong, or what it is made of.
#}
{% macro what_to_do(node) %}
    {% set said = node.config.meta.get('what_to_do') %}
    {% if said %}
        {{ return("What to do: " ~ said) }}
    {% endif %}
    {% set of = graph.nodes.get(node.attached_node, node) %}
    {% if of.resource_type == 'seed' %}
        {{ return("What to do: mend these rows in " ~ of.original_file_path ~ ".") }}
    {% endif %}
    {{ return(
        "What to do: see what was changed last in " ~ of.original_file_path
        ~ " and in what it is made of (`dbt ls --select +" ~ of.name ~ "`)."
    ) }}
{% endmacro %}

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

{#
    dbt's own tests select one column only, which says nothing of whose row it is:
    here they select all of it.
#}
{% macro default__test_not_null(model, column_name) %}

select *
from {{ model }}
where {{ column_name }} is null

{% endmacro %}

{% macro default__test_relationships(model, column_name, to, field) %}

with child as (
    select *
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select
    child.{{ column_name }} as lost_key,
    child.*
from child
left join parent
    on child.{{ column_name }} = parent.to_field
where parent.to_field is null

{% endmacro %}
