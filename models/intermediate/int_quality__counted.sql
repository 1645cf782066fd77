-- What the quality measures of a collection are made of (R26).
-- One row per year and target group, and one for both together (`all`).

with

responses as (

    select * from {{ ref('fct_response') }}

),

with_other_part as (

    select
        *,
        sum(case when status = 'reported' then 1 else 0 end) over (
            partition by year, reporting_unit_code
        ) as n_parts_reported
    from responses

),

by_part as (

    select
        year,
        target_group,
        count(*) as n_units,
        count(*) as n_parts,
        sum(case when status != 'reported' then 1 else 0 end) as n_unanswered,
        sum(case when status = 'carried_forward' then 1 else 0 end)
            as n_carried,
        sum(case when status != 'missing' then 1 else 0 end) as n_with_value,
        sum(
            case when status = 'reported' and n_parts_reported = 1 then 1 else 0
            end
        ) as n_this_part_only,
        sum(population) as population,
        sum(case when status != 'reported' then population else 0 end)
            as population_unanswered,
        sum(fte) as fte,
        sum(case when status = 'carried_forward' then fte else 0 end)
            as fte_carried
    from with_other_part
    group by year, target_group

),

final as (

    select
        year,
        target_group,
        n_units,
        n_parts,
        n_unanswered,
        n_carried,
        n_with_value,
        n_this_part_only,
        population,
        population_unanswered,
        fte,
        fte_carried
    from by_part
    union all
    -- Both parts together: a unit counts once for each, but once only where
    -- the question is whether it answered one of them.
    select
        year,
        'all' as target_group,
        max(n_units) as n_units,
        sum(n_parts) as n_parts,
        sum(n_unanswered) as n_unanswered,
        sum(n_carried) as n_carried,
        sum(n_with_value) as n_with_value,
        sum(n_this_part_only) as n_this_part_only,
        sum(population) as population,
        sum(population_unanswered) as population_unanswered,
        sum(fte) as fte,
        sum(fte_carried) as fte_carried
    from by_part
    group by year

)

select * from final
