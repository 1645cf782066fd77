{#
    Every file that is read, seeds and received ones, with its SHA-256 and size:
    one row a file.
#}
{% macro input_files() -%}
    {{ return(adapter.dispatch('input_files')()) }}
{%- endmacro %}

{% macro default__input_files() -%}
    {%- set seeds = [] -%}
    {%- for seed in seeds_of_this_project()
        if not (var('received_files') and seed.name in received_names()) -%}
        {%- do seeds.append(seed) -%}
    {%- endfor -%}
    {%- for seed in seeds %}
    select
        cast('{{ seed.original_file_path | replace("\\", "/") }}' as string)
            as file,
        sha256(content) as sha256,
        cast(size as integer) as n_bytes
    from read_blob('{{
        adapter.get_seed_file_path(seed) | replace("'", "''")
    }}')
    {{ "union all" if not loop.last }}
    {%- else %}
    select
        cast(null as string) as file,
        cast(null as string) as sha256,
        cast(null as integer) as n_bytes
    where 1 = 0
    {%- endfor %}
    {%- if var('received_files') %}
        {%- for name in received_names() %}
    union all
    select
        concat(
            'received/{{ name }}/',
            substring(filename, {{ received_folder(name) | length + 1 }})
        ) as file,
        sha256(content) as sha256,
        cast(size as integer) as n_bytes
    from read_blob('{{ received_path(name) | replace("'", "''") }}')
        {%- endfor %}
    {%- endif %}
{%- endmacro %}

{#
    Spark reads the bytes of all files at once: a path may name several in
    braces, and every row says from which one it is.
#}
{% macro spark__input_files() -%}
    {%- set ns = namespace(root='', files=[]) -%}
    {%- for seed in seeds_of_this_project()
        if not (var('received_files') and seed.name in received_names()) -%}
        {%- set ns.root = seed.root_path ~ '/' -%}
        {%- do ns.files.append(seed.original_file_path) -%}
    {%- endfor -%}
    {%- if ns.files %}
    select
        split_part(path, {{ dbt.string_literal(ns.root) }}, 2) as file,
        sha2(content, 256) as sha256,
        cast(length as integer) as n_bytes
    from binaryfile.`{{ ns.root }}{{ "{" ~ ns.files | join(",") ~ "}" }}`
    {%- else %}
    select
        cast(null as string) as file,
        cast(null as string) as sha256,
        cast(null as integer) as n_bytes
    where 1 = 0
    {%- endif %}
    {%- for name in received_names() if var('received_files') %}
    union all
    select
        concat(
            'received/{{ name }}/',
            {%- set folder = received_folder(name) %}
            substring(
                path,
                instr(path, {{ dbt.string_literal(folder) }}) + {{ folder | length }}
            )
        ) as file,
        sha2(content, 256) as sha256,
        cast(length as integer) as n_bytes
    from binaryfile.`{{ received_path(name) }}`
    {%- endfor %}
{%- endmacro %}
