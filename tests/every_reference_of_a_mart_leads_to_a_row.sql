-- References of two columns, and those that may be empty, which the
-- relationship tests on single columns do not cover.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

wide as (

    select * from {{ ref('indicator_wide') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

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
        'measure of fct_indicator' as reference,
        concat(indicator.series_code, ' ', indicator.measure_code) as lost_key
    from indicator
    left join measures
        on
            indicator.series_code = measures.series_code
            and indicator.measure_code = measures.measure_code
    where measures.measure_code is null

    union all

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
        'region of indicator_wide' as reference,
        concat(wide.region_level, ' ', wide.region_code) as lost_key
    from wide
    left join regions
        on
            wide.region_level = regions.region_level
            and wide.region_code = regions.region_code
    where regions.region_code is null

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
