-- References under a condition, which foreign keys do not cover.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

submissions as (

    select * from {{ ref('fct_submission') }}

),

issues as (

    select * from {{ ref('fct_submission_issue') }}

),

lost as (

    select
        'comparison region of fct_indicator' as reference,
        concat(indicator.region_level, ' ', indicator.region_code) as lost_key
    from indicator
    left join regions
        on
            indicator.comparison_region_level = regions.region_level
            and indicator.comparison_region_code = regions.region_code
    where
        indicator.region_level = 'municipality'
        and regions.region_code is null

    union all

    select
        'submission of fct_response' as reference,
        responses.submission_id as lost_key
    from responses
    left join submissions
        on
            responses.year = submissions.year
            and responses.submission_id = submissions.submission_id
            and responses.target_group = submissions.target_group
            and submissions.outcome = 'used'
    where
        responses.submission_id is not null
        and submissions.submission_id is null

    union all

    select
        'submission of fct_submission_issue' as reference,
        issues.submission_id as lost_key
    from issues
    left join submissions
        on
            issues.year = submissions.year
            and issues.submission_id = submissions.submission_id
            and issues.target_group = submissions.target_group
    where
        issues.concerns = 'person_years'
        and submissions.submission_id is null

)

select *
from lost
