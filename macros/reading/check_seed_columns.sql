{#
    The columns that a seed file must have, in any order: those of its form
    edition for a file of submissions, those of every form for a file of
    answers, the documented ones for all others. None for a file of a year that
    no var names.
#}
{% macro check_seed_columns(seed) %}
    {% if seed.name.startswith(('submissions_', 'answers_')) %}
        {{ return(received_columns(seed.name)) }}
    {% endif %}
    {{ return((seed.columns or seed.config.column_types) | list) }}
{% endmacro %}
