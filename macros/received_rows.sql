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

{# Where the files of a year's submissions or answers are. #}
{% macro received_path(name) -%}
    {{ return(in_the_project(var('received_files') | replace('{name}', name))) }}
{%- endmacro %}

{# The folder that the path is in, as far as it is the same for all its files. #}
{% macro received_folder(name) -%}
    {%- set same = modules.re.split('[*?{[]', received_path(name))[0] -%}
    {{ return(same[:same.rfind('/') + 1]) }}
{%- endmacro %}

{#
    The columns of a file of submissions or answers: those of its form edition, or
    those of every form. None for a year that no var names.
#}
{% macro received_columns(name) %}
    {% if name.startswith('answers_') %}
        {% for year in answer_years() if name == 'answers_' ~ year %}
            {{ return([
                'innsending_id', 'enhet', 'mottatt', 'sporsmal', 'svar', 'merknad'
            ]) }}
        {% endfor %}
        {{ return(none) }}
    {% endif %}
    {% for of in collected_years() if name == 'submissions_' ~ of.year %}
        {{ return(
            ['innsending_id', 'enhet', 'mottatt', 'del', 'tjeneste']
            + form_cells(of.form, of.year)
            + ([of.form['own_sum']] if of.form.get('own_sum') else [])
            + ['merknad']
        ) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}

{# The names of all files of submissions and answers that the vars ask for. #}
{% macro received_names() %}
    {% set names = [] %}
    {% for of in collected_years() %}
        {% do names.append('submissions_' ~ of.year) %}
    {% endfor %}
    {% for year in answer_years() %}
        {% do names.append('answers_' ~ year) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}

{# The rows of Parquet or CSV files at a path, which may hold wildcards. #}
{% macro rows_of_files(path) -%}
    {{ return(adapter.dispatch('rows_of_files')(path)) }}
{%- endmacro %}

{% macro default__rows_of_files(path) -%}
    {%- set quoted = path | replace("'", "''") -%}
    {%- if path.endswith('.parquet') -%}
        read_parquet('{{ quoted }}')
    {%- else -%}
        read_csv(
            '{{ quoted }}', header = true, all_varchar = true, delim = ',',
            quote = '"', escape = '"', nullstr = '', strict_mode = true,
            comment = '', skip = 0
        )
    {%- endif -%}
{%- endmacro %}

{% macro spark__rows_of_files(path) -%}
    {%- if path.endswith('.parquet') -%}
        parquet.`{{ path }}`
    {%- else -%}
        csv.`{{ path }}` with (
            'header' = 'true', 'enforceSchema' = 'false', 'multiLine' = 'true',
            'escape' = '"',
            'mode' = 'FAILFAST', 'unescapedQuoteHandling' = 'RAISE_ERROR'
        )
    {%- endif -%}
{%- endmacro %}

{# Whether there is a file at a path, which may hold wildcards. #}
{% macro has_files(path) %}
    {{ return(adapter.dispatch('has_files')(path)) }}
{% endmacro %}

{% macro default__has_files(path) %}
    {{ return(run_query(
        "select 1 from glob('" ~ path | replace("'", "''") ~ "') limit 1"
    ).rows | length > 0) }}
{% endmacro %}

{#
    Spark stops at a path that leads nowhere, so that a file that is there stands
    beside it, in braces.
#}
{% macro spark__has_files(path) %}
    {% set project = (seeds_of_this_project() | first).root_path %}
    {% set absolute = path if path.startswith('/') else project ~ '/' ~ path %}
    {% set known = project ~ '/dbt_project.yml' %}
    {{ return(run_query(
        "select 1 from binaryfile.`/{" ~ known[1:] ~ "," ~ absolute[1:] ~ "}`"
        ~ " where path not like '%/dbt_project.yml' limit 1"
    ).rows | length > 0) }}
{% endmacro %}

{# The columns of the files at a path. #}
{% macro columns_of_files(path) %}
    {{ return(run_query(
        "select * from " ~ rows_of_files(path) ~ " limit 0"
    ).column_names | list) }}
{% endmacro %}

{#
    What is wrong with columns of Parquet files that are no text: what a number or
    a time looked like in the form would depend on who reads it.
#}
{% macro columns_not_text(name, there) %}
    {% set path = received_path(name) %}
    {% set problems = [] %}
    {% set columns = received_columns(name) | select('in', there) | list %}
    {% if columns and path.endswith('.parquet') %}
        {# A row without values has its types all the same. #}
        {% set types = run_query(
            "select lower(typeof(" ~ columns | join(")), lower(typeof(") ~ "))"
            ~ " from (select 1 as n) as one_row left join "
            ~ rows_of_files(path) ~ " as received on 1 = 0"
        ).rows[0] %}
        {% for column in columns
            if types[columns.index(column)] not in ['varchar', 'string'] %}
            {% do problems.append(
                path ~ ": column \"" ~ column ~ "\" is " ~ types[columns.index(column)]
                ~ ". Write every column as text, as it stood in the form."
            ) %}
        {% endfor %}
    {% endif %}
    {{ return(problems) }}
{% endmacro %}

{#
    Stops before anything is built when a file that the var received_files asks
    for is not there or has not the columns of its form.
#}
{% macro check_received_files() %}
    {% set problems = [] %}
    {% set is_asked = execute and var('received_files') %}
    {% for name in received_names() if is_asked %}
        {% set path = received_path(name) %}
        {% if not has_files(path) %}
            {% do problems.append(
                path ~ ": no such file. Put it there, or take the year out of"
                ~ " the vars form_editions and answer_years."
            ) %}
        {% else %}
            {% set there = columns_of_files(path) %}
            {% do problems.extend(columns_not_text(name, there)) %}
            {% for column in received_columns(name) if column not in there %}
                {% do problems.append(
                    path ~ ", line 1: column missing: \"" ~ column
                    ~ "\". The columns are those of the form: "
                    ~ received_columns(name) | join(', ') ~ "."
                ) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {% if problems %}
        {{ exceptions.raise_compiler_error(
            "Nothing was built, because of these received files.\n"
            ~ problems | join("\n")
        ) }}
    {% endif %}
{% endmacro %}
