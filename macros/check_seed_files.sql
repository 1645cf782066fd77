{#
    Stops before anything is built when a seed file that is about to be loaded
    is not what it should be: one message with every problem, its file and its
    line. Called at the start of every run. The load itself would stop at the
    first problem of one file, when other seeds are replaced already; it counts
    rows instead of lines, and takes some of these files without a word.
#}
{% macro check_seed_files() %}
    {{ return(adapter.dispatch('check_seed_files')()) }}
{% endmacro %}

{% macro spark__check_seed_files() %}{% endmacro %}

{% macro default__check_seed_files() %}
    {% set seeds = [] %}
    {% for seed in graph.get('nodes', {}).values() if execute
        and seed.resource_type == 'seed'
        and seed.unique_id in selected_resources %}
        {% do seeds.append(seed) %}
    {% endfor %}
    {% set found = run_query(check_seed_query(seeds)).rows if seeds else [] %}
    {% if found %}
        {% set unnamed = found[0]['found'] - found | length %}
        {{ exceptions.raise_compiler_error(
            "Nothing was built, because of these seed files.\n"
            ~ found | map(attribute='problem') | join("\n")
            ~ ("\nand " ~ unnamed ~ " more" if unnamed else "")
        ) }}
    {% endif %}
{% endmacro %}

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
