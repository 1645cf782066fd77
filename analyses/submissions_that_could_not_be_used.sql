-- Asked by the person who receives the forms: which submissions fail, why, and
-- what do I write to the sender?

select
    submissions.year,
    submissions.submission_id,
    submissions.reporting_unit_code,
    submissions.target_group,
    issues.service_label,
    issues.column_name,
    issues.raw_value,
    issues.message_nb
from {{ ref('fct_submission') }} as submissions
inner join {{ ref('fct_submission_issue') }} as issues
    on
        submissions.year = issues.year
        and submissions.submission_id = issues.submission_id
        and submissions.target_group = issues.target_group
where submissions.outcome = 'rejected' and issues.severity = 'error'
order by submissions.year, submissions.submission_id, issues.issue_number
