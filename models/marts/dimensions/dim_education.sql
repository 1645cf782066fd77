-- The education categories of both form editions.
-- One row per education category.

with

education_categories as (

    select * from {{ ref('education_categories') }}

),

final as (

    select
        education_code,
        form_edition,
        name_nb,
        name_en,
        raw_column,
        carried_to as carried_to_education_code,
        sort_order
    from education_categories

)

select * from final
