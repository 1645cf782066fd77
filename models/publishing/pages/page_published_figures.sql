-- The published levels of the country beside the computed ones.
-- One row per published figure.

with

reconciliation as (

    select * from {{ ref('fct_reconciliation') }}

),

final as (

    select
        year,
        published,
        {{ rounded_figure("computed", 2) }} as computed,
        unit,
        decimals,
        verdict,
        reason_nb,
        reason_en,
        source
    from reconciliation
    where
        region_level = 'country'
        and target_group = 'all'
        and figure_code = 'total'
        and aspect = 'level'

)

select * from final
