{#
    The texts of a group in one, in the order of a column; without one, in
    alphabetical order of their code points.
#}
{% macro joined_text(text, separator, order_by=none) -%}
    {{ return(adapter.dispatch('joined_text')(
        text, separator, order_by or text
    )) }}
{%- endmacro %}

{#
    DuckDB puts 32 KiB aside for every group of more than 16 texts that it aggregates
    in an order, which is too much for a million groups. Lists take no more than
    their texts, and are put in order when they are whole. An order that is more
    than a column is left to the aggregate: few groups have one.
#}
{% macro default__joined_text(text, separator, order_by) -%}
    {%- set column = '^[a-z_.]+$' -%}
    {%- if modules.re.match(column, text) and modules.re.match(column, order_by) -%}
    array_to_string(
        list_select(
            list({{ text }})
            filter (where {{ text }} is not null),
            list_grade_up(
                list({{ order_by }})
                filter (where {{ text }} is not null)
            )
        ),
        '{{ separator }}'
    )
    {%- else -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ order_by }})
    {%- endif -%}
{%- endmacro %}

{% macro spark__joined_text(text, separator, order_by) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
