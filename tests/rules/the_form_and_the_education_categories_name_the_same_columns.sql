{{ config(meta={
    "what_to_do":
        "name the same columns in cells and added_cells of the var "
        ~ "form_editions (dbt_project.yml) and in raw_column of "
        ~ "seeds/reference/education_categories.csv."
}) }}
-- R4, R5: a column of the form without a category would be lost, and a
-- category without a column would read as zero. Editions that are not collected
-- may have categories.

with

form_columns as (
    {% for edition, form in var('form_editions').items() %}
        {% set outer_loop = loop %}
        {% for cell in form_cells(form) %}
            select
                '{{ edition }}' as form_edition,
                '{{ cell }}' as raw_column
            {{ "union all" if not (loop.last and outer_loop.last) }}
        {% endfor %}
    {% endfor %}
),

education_categories as (

    select * from {{ ref('education_categories') }}
    where
        raw_column is not null
        and form_edition in (
            select form_columns.form_edition from form_columns
        )

)

select
    form_columns.form_edition as edition_of_form,
    form_columns.raw_column as column_of_form,
    education_categories.form_edition as edition_of_category,
    education_categories.raw_column as column_of_category
from form_columns
full outer join education_categories
    on
        form_columns.form_edition = education_categories.form_edition
        and form_columns.raw_column = education_categories.raw_column
where
    form_columns.raw_column is null
    or education_categories.raw_column is null
