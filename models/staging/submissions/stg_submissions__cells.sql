{{ config(materialized='table') }}
-- Every cell of every service line, read as a number or refused.
-- One row per raw row and person-years column of its form edition.
{% set editions = var('form_editions') %}

with

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

education_categories as (

    select * from {{ ref('education_categories') }}

),

columns_of_form as (

    select
        form_edition,
        education_code,
        raw_column
    from education_categories
    where raw_column != ''

),

typed as (

    select
        lines.year,
        lines.submission_id,
        lines.reporting_unit_code,
        lines.target_group,
        lines.service_label,
        lines.service_code,
        lines.in_scope,
        columns_of_form.raw_column as column_name,
        columns_of_form.education_code,
        case columns_of_form.raw_column
            {% for form in editions.values() %}
                {% for cell in form_cells(form) %}
                    when '{{ cell }}' then lines.{{ cell }}
                {% endfor %}
            {% endfor %}
        end as raw_value
    from lines
    inner join columns_of_form
        -- R4, R5: a column is the category of its form edition.
        on lines.form_edition = columns_of_form.form_edition

),

-- Many cells hold the same text, which is read once.
texts as (

    select
        raw_value as cell_text,
        {{ number_status("raw_value") }} as number_status,
        {{ canonical_number("raw_value") }} as canonical_text
    from typed
    group by raw_value

),

numbers as (

    select
        cell_text,
        number_status,
        case
            when number_status = 'number'
                then {{ four_decimals("canonical_text") }}
        end as fte,
        number_status = 'number'
        and length(split_part(canonical_text, '.', 2)) > 4
            as has_more_than_four_decimals
    from texts

),

final as (

    select
        typed.year,
        typed.submission_id,
        typed.reporting_unit_code,
        typed.target_group,
        typed.service_label,
        typed.service_code,
        typed.in_scope,
        typed.column_name,
        typed.education_code,
        typed.raw_value,
        numbers.number_status,
        numbers.fte,
        numbers.has_more_than_four_decimals
    from typed
    -- An empty cell is a text as well, so every cell has its row.
    left join numbers
        on typed.raw_value is not distinct from numbers.cell_text

)

select * from final
