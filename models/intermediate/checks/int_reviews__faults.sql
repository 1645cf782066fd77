{{ config(materialized='table') }}
-- Stops the build when a reviewer's decision matches nothing, contradicts
-- another or cannot have its effect, and says which lines (R24).
-- One row.

with

reviews as (

    select * from {{ ref('int_reviews__decisions') }}

),

findings as (

    select * from {{ ref('int_findings__after_review') }}

),

left_standing as (

    -- What acceptance cannot mend: nobody can accept a number that nobody can
    -- read, or a unit that does not exist.
    select
        reviews.line_number,
        min(findings.rule_code) as rule_code
    from reviews
    inner join findings
        on
            reviews.year = findings.year
            and reviews.submission_id = findings.submission_id
            and reviews.target_group = findings.target_group
            and findings.severity = 'error'
            and findings.set_aside_by is null
    where reviews.decision = 'accept' and reviews.fault is null
    group by reviews.line_number

),

above_the_ceiling as (

    select reviews.line_number
    from reviews
    inner join findings
        on
            reviews.year = findings.year
            and reviews.submission_id = findings.submission_id
            and reviews.target_group = findings.target_group
            and findings.rule_code = 'implausible_level'
            and findings.set_aside_by is null
    where reviews.decision = 'correct' and reviews.fault is null
    group by reviews.line_number

),

faults as (

    select
        line_number,
        fault
    from reviews
    where fault is not null
    union all
    select
        line_number,
        concat(
            'the part cannot be accepted because of ', rule_code,
            '; correct the cell, or ask for a new submission'
        ) as fault
    from left_standing
    union all
    select
        line_number,
        'with it the part has more person-years than the ceiling allows'
            as fault
    from above_the_ceiling

),

messages as (

    select
        {{ joined_text(
            "concat('seeds/submissions/reviews.csv, line ', "
            ~ "cast(line_number as string), ': ', fault)",
            ". ",
            "line_number"
        ) }} as message
    from faults

),

final as (

    select 'every decision has its effect' as outcome
    from messages
    where {{ stops_with("message") }}

)

select * from final
