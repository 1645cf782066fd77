-- Reviewers' decisions and what each of them did (R24).
-- One row per decision.

with

reviews as (

    select * from {{ ref('int_reviews__decisions') }}

),

outcomes as (

    select * from {{ ref('int_submissions__latest_valid') }}

),

final as (

    select
        reviews.line_number,
        reviews.year,
        reviews.submission_id,
        reviews.target_group,
        outcomes.reporting_unit_code,
        reviews.decision,
        reviews.service_label,
        reviews.column_name,
        reviews.old_value,
        reviews.new_value,
        cast(reviews.new_fte as decimal(18, 8)) as new_fte,
        reviews.decided_on,
        reviews.reviewer_role,
        reviews.reason,
        outcomes.outcome
    from reviews
    inner join outcomes
        on
            reviews.year = outcomes.year
            and reviews.submission_id = outcomes.submission_id
            and reviews.target_group = outcomes.target_group

)

select * from final
