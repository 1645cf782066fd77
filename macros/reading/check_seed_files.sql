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

{#
    On Spark: what its reader would take without a word, by file. Rows with too
    few or too many values, wrong quotes and values of another type stop the load
    of their file (macros/seed_loading.sql).
#}
{% macro spark__check_seed_files() %}
    {% set seeds = {} %}
    {% set ns = namespace(root='') %}
    {% for seed in seeds_of_this_project() if seed.unique_id in selected_resources
        and adapter.config.credentials.method == 'session' %}
        {% set ns.root = seed.root_path ~ '/' %}
        {% do seeds.update({seed.original_file_path: seed}) %}
    {% endfor %}
    {% set sql %}
        with texts as (
            select
                split_part(path, {{ dbt.string_literal(ns.root) }}, 2) as file,
                decode(content, 'UTF-8') as text
            from binaryfile.`{{ ns.root }}{{
                "{" ~ seeds | join(",") ~ "}"
            }}`
        )
        select
            file,
            split_part(replace(text, chr(13), ''), chr(10), 1) as header,
            text like concat(chr(65279), '%') as has_bom,
            contains(text, chr(0)) as has_nul,
            (length(text) - length(replace(text, '"', ''))) % 2 = 1
                as has_open_quote,
            contains(replace(text, chr(13), ''), chr(10) || chr(10))
                and not contains(text, '"') as has_blank_line,
            right(text, 1) != chr(10) as has_no_end
        from texts
        order by file
    {% endset %}
    {% set problems = [] %}
    {% set texts = run_query(sql).rows if seeds else [] %}
    {% for found in texts %}
        {% set expected = check_seed_columns(seeds[found['file']]) %}
        {% set names = found['header'].replace('"', '').split(',') %}
        {% set told = [] %}
        {% if found['has_bom'] %}
            {% do told.append("the file begins with a byte order mark (BOM)") %}
        {% elif found['has_nul'] %}
            {% do told.append("a NUL byte, so the file is damaged") %}
        {% elif expected is none %}
            {% do told.append("no var names the year of this file") %}
        {% elif names | sort != expected | sort %}
            {% do told.append(
                "the columns are not " ~ expected | join(', ')
                ~ " but " ~ names | join(', ')
            ) %}
        {% endif %}
        {% if found['has_open_quote'] %}
            {% do told.append("a quote is never closed") %}
        {% elif found['has_blank_line'] %}
            {% do told.append("a blank line") %}
        {% elif found['has_no_end'] and names[-1] != 'merknad' %}
            {% do told.append(
                "the last line has no line end, so the file may be cut off"
            ) %}
        {% endif %}
        {% for problem in told %}
            {% do problems.append(found['file'] ~ ": " ~ problem ~ ".") %}
        {% endfor %}
    {% endfor %}
    {% if problems %}
        {{ exceptions.raise_compiler_error(
            "Nothing was built, because of these seed files.\n"
            ~ problems | join("\n")
        ) }}
    {% endif %}
{% endmacro %}

{% macro default__check_seed_files() %}
    {% set seeds = [] %}
    {% for seed in seeds_of_this_project()
        if seed.unique_id in selected_resources %}
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
