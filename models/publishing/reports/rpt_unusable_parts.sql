-- Parts of which nothing can be used, with every reason.
-- One row per submission and target group without a usable answer beside it.

with

issues as (

    select * from {{ ref('fct_submission_issue') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

units_with_both_parts as (

    select
        year,
        reporting_unit_code
    from responses
    where receipt_status = 'received'
    group by year, reporting_unit_code
    having count(*) = 2

),

final as (

    select
        issues.year,
        issues.reporting_unit_code,
        coalesce(responses.reporting_unit_name, '') as reporting_unit_name,
        issues.target_group,
        issues.submission_id,
        responses.fte,
        {{ joined_text("issues.message_nb", "\n", "issues.issue_number") }}
            as messages_nb,
        {{ joined_text("issues.message_en", "\n", "issues.issue_number") }}
            as messages_en
    from issues
    left join responses
        on
            issues.year = responses.year
            and issues.reporting_unit_code = responses.reporting_unit_code
            and issues.target_group = responses.target_group
    left join units_with_both_parts
        on
            issues.year = units_with_both_parts.year
            and issues.reporting_unit_code
            = units_with_both_parts.reporting_unit_code
    where
        issues.concerns = 'person_years'
        and issues.severity = 'error'
        and issues.set_aside_by is null
        and coalesce(responses.receipt_status, '') != 'received'
        -- A part of unknown name is settled when both parts are in.
        and not (
            issues.target_group = 'unknown'
            and units_with_both_parts.year is not null
        )
    group by
        issues.year,
        issues.reporting_unit_code,
        responses.reporting_unit_name,
        issues.target_group,
        issues.submission_id,
        responses.fte

)

select * from final
