-- Whom readers can ask.
-- One row per contact.

with

contacts as (

    select * from {{ ref('contacts') }}

),

final as (

    select
        contact_code,
        name_nb,
        name_en,
        about_nb,
        about_en,
        email,
        url,
        sort_order
    from contacts

)

select * from final
