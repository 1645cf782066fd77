-- What was received from a unit, and what became of it.
-- One row per submission and target group.

with

submissions as (

    select * from {{ ref('fct_submission') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

final as (

    select
        submissions.year,
        submissions.reporting_unit_code,
        submissions.submission_id,
        submissions.received_text,
        submissions.received_at,
        target_groups.name_nb as part_nb,
        target_groups.name_en as part_en,
        target_groups.sort_order,
        submissions.target_group,
        submissions.outcome,
        submissions.n_errors,
        {{ rounded_figure("submissions.fte", 1) }} as fte
    from submissions
    left join target_groups
        on submissions.target_group = target_groups.target_group

)

select * from final
