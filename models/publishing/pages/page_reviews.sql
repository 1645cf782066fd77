-- Reviewers' decisions with their target group in words.
-- One row per decision.

with

reviews as (

    select * from {{ ref('fct_review') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

final as (

    select
        reviews.line_number,
        reviews.year,
        reviews.submission_id,
        reviews.target_group,
        reviews.reporting_unit_code,
        reviews.decision,
        reviews.service_label,
        reviews.column_name,
        reviews.old_value,
        reviews.new_value,
        reviews.new_fte,
        reviews.decided_on,
        reviews.reviewer_role,
        reviews.reason,
        reviews.outcome,
        target_groups.name_nb as part_nb,
        target_groups.name_en as part_en
    from reviews
    left join target_groups
        on reviews.target_group = target_groups.target_group

)

select * from final
