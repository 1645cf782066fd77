{#
    One row per problem, with the number of all of them. At most twenty, the
    first of every file before the second of any.
#}
{% macro check_seed_query(seeds) %}
    {%- set value = '(?:"(?:[^"]|"")*"|[^",]*)' -%}
    {%- set paths = [] -%}
    {%- for seed in seeds -%}
        {%- set path = adapter.get_seed_file_path(seed) -%}
        {%- do paths.append(path | replace("'", "''")) -%}
    {%- endfor -%}
    with seeds (file, expected) as (
        values
        {%- for seed in seeds %}
            {%- set names = check_seed_columns(seed) %}
            (
                '{{ seed.original_file_path | replace("\\", "/") }}',
                cast({{ "null" if names is none else names }} as text[])
            ){{ "," if not loop.last }}
        {%- endfor %}
    ),

    files as (
        select
            seeds.*,
            try(decode(blobs.content)) as text,
            contains(text, chr(0)) as has_nul,
            trim(text, chr(65279) || ' ' || chr(9) || chr(10) || chr(13)) = ''
                as is_empty,
            string_split(ltrim(text, chr(65279)), chr(10)) as lines
        from seeds
        inner join read_blob(['{{ paths | join("', '") }}']) as blobs
            on parse_filename(seeds.file)
                = parse_filename(blobs.filename, false, 'both_slash')
    ),

    -- A line begins a row when an even number of quotes stand before it.
    file_lines as (
        select
            file,
            unnest(lines) as line_text,
            generate_subscripts(lines, 1) as line,
            len(lines) as line_count
        from files
        where not is_empty and not has_nul
    ),

    quoted as (
        select
            *,
            length(line_text) - length(replace(line_text, '"', '')) as quotes,
            coalesce(sum(quotes) over (
                partition by file order by line
                rows between unbounded preceding and 1 preceding
            ), 0) % 2 = 0 as begins_row
        from file_lines
    ),

    row_lines as (
        select
            *,
            max(case when begins_row then line end)
                over (partition by file order by line) as row_line
        from quoted
    ),

    -- `bare` is a row without what stands in quotes, where a comma is text.
    file_rows as (
        select
            file,
            row_line as line,
            max(line) < any_value(line_count) as has_end,
            concat(
                any_value(line_text) filter (where begins_row),
                chr(10) || string_agg(line_text, chr(10) order by line)
                    filter (where not begins_row)
            ) as with_cr,
            ends_with(with_cr, chr(13)) as has_cr,
            if(has_cr, left(with_cr, -1), with_cr) as content,
            regexp_replace(content, '"[^"]*"', '', 'g') as bare,
            len(string_split(bare, ',')) as value_count,
            regexp_full_match(content, '{{ value }}(?:,{{ value }})*')
                as quotes_are_right
        from row_lines
        group by file, row_line
    ),

    headers as (
        select
            file,
            arg_min(content, line) as header,
            arg_min(value_count, line) as column_count,
            [
                replace(regexp_replace(name, '^"(.*)"$', '\1'), '""', '"')
                for name
                in regexp_extract_all(',' || header, ',({{ value }})', 1)
            ] as names,
            max(line) filter (where content != '') as last_line,
            -- After a wrong quote it is not known where values end.
            min(line) filter (where not quotes_are_right) as wrong_quote_line,
            min(line) filter (where has_cr) as first_cr_line,
            min(line) filter (where has_end and not has_cr) as first_lf_line,
            case
                when header = '' then
                    'the first line is blank. Begin the file with its header.'
                when column_count = 1 and regexp_matches(header, '[;\t]') then
                    if(contains(header, ';'), 'semicolons', 'tabs')
                    || ' instead of commas, in '
                    || {{ check_seed_shown("header") }}
                    || '. Save the file with commas.'
                when contains(arg_min(bare, line), chr(13))
                    and arg_min(quotes_are_right, line) then
                    'lines end with CR alone. Save the file with LF line ends.'
            end as trouble
        from file_rows
        group by file
    ),

    header_names as (
        select
            file,
            [x for x in expected if not list_contains(names, x)] as missing,
            [x for x in names if not list_contains(expected, x)] as unknown,
            list_filter(names, lambda x, i: list_position(names, x) < i)
                as again
        from headers
        inner join seeds using (file)
        where trouble is null and coalesce(wrong_quote_line, 2) > 1
    ),

    problems as (
        select
            file,
            case
                when has_nul
                    then len(string_split(split_part(text, chr(0), 1), chr(10)))
                else 1
            end as line,
            unnest([
                case when text is null then
                    'not UTF-8. Save the file as UTF-8.'
                when is_empty then
                    'the file is empty. Get it again: it needs a header.'
                when has_nul then
                    'a NUL byte, so the file is damaged or not UTF-8. Get it'
                    || ' again, or save it as UTF-8.'
                end,
                case when starts_with(text, chr(65279)) then
                    'the file begins with a byte order mark (BOM). Save it as'
                    || ' UTF-8 without one.'
                end,
                case when expected is null then
                    if(
                        starts_with(parse_filename(file), 'answers_'),
                        'the year is not among those with answers. Add it to'
                        || ' the var answer_years (dbt_project.yml).',
                        'no form edition has this year. Add it to `years` of'
                        || ' its edition in the var form_editions'
                        || ' (dbt_project.yml).'
                    )
                end
            ]) as problem
        from files
        union all
        select file, 1, trouble from headers
        union all
        select
            file,
            1,
            unnest([
                case when missing != [] then
                    'column missing: ' || {{ check_seed_names("missing") }}
                    || '. Add it to the header and to every row.'
                end,
                case when unknown != [] then
                    'column not known: ' || {{ check_seed_names("unknown") }}
                    || '. Correct its name, take it out of every row, or'
                    || ' declare it: in the var form_editions, or in its .yml.'
                end,
                case when again != [] then
                    'column twice: ' || {{ check_seed_names("again") }}
                    || '. Take one out of the header and of every row.'
                end
            ])
        from header_names
        union all
        select
            file,
            line,
            unnest([
                case when not quotes_are_right then
                    'a quote (") '
                    || if(line = last_line, 'is never closed, or ', '')
                    || 'does not begin or end a value, in '
                    -- What is left after the right values before it.
                    || {{ check_seed_shown(
                        "regexp_replace(content, '^(?:" ~ value ~ ",)*', '')"
                    ) }}
                    || '. Put quotes around the whole value, and write a quote'
                    || ' inside it twice.' || if(
                        line = last_line and not contains(content, chr(10)),
                        ' The file may be cut off.', ''
                    )
                when content = header and line > 1 then
                    'the header stands here again. Take this line out.'
                when content = '' and line < last_line then
                    'a blank line. Take it out.'
                when content != '' and value_count != column_count then
                    value_count || if(value_count = 1, ' field', ' fields')
                    || ', the header has ' || column_count
                    || ', in ' || {{ check_seed_shown("content") }} || if(
                        value_count > column_count,
                        '. Put quotes around a value that has a comma.',
                        '. Write every comma, also around empty values.'
                    ) || if(line = last_line, ' The file may be cut off.', '')
                -- A remark that is cut short changes no figure.
                when content != '' and not has_end and names[-1] != 'merknad'
                    then 'the last line has no line end, so the file may be cut'
                    || ' off. Get it again, or end the line.'
                end,
                case when quotes_are_right and contains(bare, chr(13))
                    or line > 1 and line in (first_cr_line, first_lf_line) then
                    'a line end that is not like that of the header. Save the'
                    || ' file with one kind of line end, LF or CR LF.'
                end
            ])
        from file_rows
        inner join headers using (file)
        where trouble is null and line <= coalesce(wrong_quote_line, line)
    )

    select
        file || ', line ' || line || ': ' || problem as problem,
        count(*) over () as found
    from (
        select
            *,
            row_number() over (partition by file order by line, problem) as nth
        from problems
        where problem is not null
    )
    qualify row_number() over (order by nth, file) <= 20
    order by file, nth
{% endmacro %}
