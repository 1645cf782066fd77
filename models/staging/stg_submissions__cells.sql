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
        on lines.form_edition = columns_of_form.form_edition

),

judged as (

    select
        *,
        {{ number_status("raw_value") }} as number_status,
        {{ canonical_number("raw_value") }} as canonical_text
    from typed

),

final as (

    select
        year,
        submission_id,
        reporting_unit_code,
        target_group,
        service_label,
        service_code,
        in_scope,
        column_name,
        education_code,
        raw_value,
        number_status,
        case
            when number_status = 'number'
                then {{ four_decimals("canonical_text") }}
        end as fte,
        number_status = 'number'
        and length(split_part(canonical_text, '.', 2)) > 4
            as has_more_than_four_decimals
    from judged

)

select * from final
