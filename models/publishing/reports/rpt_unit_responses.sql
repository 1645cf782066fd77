-- What a unit's figures rest on, with the submission that counts.
-- One row per year, reporting unit and target group.

with

responses as (

    select * from {{ ref('fct_response') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

submissions as (

    select * from {{ ref('fct_submission') }}

),

final as (

    select
        responses.year,
        responses.reporting_unit_code,
        responses.reporting_unit_name,
        responses.unit_kind,
        responses.municipality_code,
        responses.target_group,
        responses.status,
        responses.receipt_status,
        responses.submission_id,
        responses.source_year,
        responses.years_carried,
        responses.is_nil,
        responses.fte,
        responses.fte_out_of_scope,
        responses.population,
        responses.n_submissions,
        responses.n_rejected,
        responses.received_at,
        responses.is_reviewed,
        responses.review_decisions,
        target_groups.name_nb as part_name_nb,
        target_groups.name_en as part_name_en,
        target_groups.sort_order,
        submissions.received_text
    from responses
    inner join target_groups
        on responses.target_group = target_groups.target_group
    left join submissions
        on
            responses.year = submissions.year
            and responses.submission_id = submissions.submission_id
            and responses.target_group = submissions.target_group

)

select * from final
