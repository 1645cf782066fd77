-- Whom to ask first, with the influence as it is shown.
-- One row per year, reporting unit and target group with a soft finding.

with

contacts as (

    select * from {{ ref('fct_contact_list') }}

),

final as (

    select
        year,
        contact_order,
        reporting_unit_code,
        reporting_unit_name,
        target_group,
        submission_id,
        fte,
        fte_before,
        influence_fte,
        influence_pct,
        -- Whom to phone weighs something also as it is shown.
        {{ rounded_figure("influence_pct", 2) }} as influence_two_decimals,
        reason_nb,
        reason_en
    from contacts

)

select * from final
