-- The checks that could not be applied, and why; none is off without answers.
-- One row per year and reason, and one without a reason where all are on.

with

applied as (

    select * from {{ ref('int_checks__applied') }}

),

final as (

    select
        year,
        reason_code,
        n_parts - max(n_applied) as n_off,
        n_parts,
        {{ joined_text("checks_nb", "\n", "rule_code") }} as checks_nb,
        {{ joined_text("checks_en", "\n", "rule_code") }} as checks_en
    from applied
    where
        n_applied = 0
        or (n_applied < n_parts and reason_code = 'no_inhabitants')
    group by year, reason_code, n_parts

)

select * from final
