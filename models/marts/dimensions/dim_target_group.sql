-- The two parts of the form.
-- One row per target group.

with

target_groups as (

    select * from {{ ref('target_groups') }}

),

final as (

    select
        target_group,
        raw_label,
        name_nb,
        name_en,
        sort_order
    from target_groups

)

select * from final
