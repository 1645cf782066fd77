-- Answers to the form's other questions that cannot be counted.
-- One row per finding.

with

issues as (

    select * from {{ ref('fct_submission_issue') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

units as (

    select
        year,
        reporting_unit_code,
        min(reporting_unit_name) as reporting_unit_name
    from responses
    group by year, reporting_unit_code

),

final as (

    select
        issues.year,
        issues.issue_number,
        issues.reporting_unit_code,
        coalesce(units.reporting_unit_name, '') as reporting_unit_name,
        issues.submission_id,
        issues.message_nb,
        issues.message_en
    from issues
    left join units
        on
            issues.year = units.year
            and issues.reporting_unit_code = units.reporting_unit_code
    where issues.concerns = 'questions' and issues.severity = 'error'

)

select * from final
