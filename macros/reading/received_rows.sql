{#
    The rows of a year's submissions or answers, as they were received: those of
    the seed of that name; or, with the var received_files, those of files at a
    path, when they are too many for seeds (docs/scale.md). The columns are the
    same, and every one is text.
#}
{% macro received_rows(name) -%}
    {%- if not var('received_files') -%}
        {{ return(ref(name)) }}
    {%- endif -%}
    (
        select
            {%- for column in received_columns(name) %}
            cast({{ column }} as string) as {{ column }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ rows_of_files(received_path(name)) }}
    )
{%- endmacro %}
