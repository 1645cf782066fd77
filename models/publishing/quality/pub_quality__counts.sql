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

items as (

    select
        year,
        target_group,
        count(*) as n_items,
        sum(case when is_answered then 0 else 1 end) as n_items_unanswered
    from {{ ref('int_answers__item_response') }}
    group by year, target_group

),

items_of_all as (

    -- Questions about both target groups stand under neither.
    select
        year,
        sum(n_items) as n_items,
        sum(n_items_unanswered) as n_items_unanswered
    from items
    group by year

),

parts_and_all as (

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

),

final as (

    select
        parts_and_all.*,
        coalesce(items.n_items, items_of_all.n_items) as n_items,
        coalesce(items.n_items_unanswered, items_of_all.n_items_unanswered)
            as n_items_unanswered
    from parts_and_all
    left join items
        on
            parts_and_all.year = items.year
            and parts_and_all.target_group = items.target_group
            and parts_and_all.target_group != 'all'
    left join items_of_all
        on
            parts_and_all.year = items_of_all.year
            and parts_and_all.target_group = 'all'

)

select * from final
