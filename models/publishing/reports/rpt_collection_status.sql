-- Who has answered by the last day of receipt, beside the year before.
-- One row per year and target group.

with

responses as (

    select * from {{ ref('fct_response') }}

),

days as (

    select * from {{ ref('fct_collection_status') }}

),

submissions as (

    select * from {{ ref('fct_submission') }}

),

counts as (

    select
        year,
        target_group,
        count(*) as expected,
        count(*) filter (where receipt_status = 'received') as usable,
        count(*) filter (where receipt_status = 'rejected') as rejected,
        count(*) filter (where receipt_status = 'missing') as missing,
        count(*) filter (where status = 'carried_forward') as carried,
        count(*) filter (where status = 'missing') as no_value
    from responses
    group by year, target_group

),

last_days as (

    select *
    from days
    qualify
        row_number() over (
            partition by year, target_group
            order by day desc
        ) = 1

),

rejected_beside_another as (

    -- Rejected, and another submission counts for the part.
    select
        submissions.year,
        submissions.target_group,
        count(*) as n
    from submissions
    inner join responses
        on
            submissions.year = responses.year
            and submissions.reporting_unit_code
            = responses.reporting_unit_code
            and submissions.target_group = responses.target_group
    where
        submissions.outcome = 'rejected'
        and responses.receipt_status = 'received'
    group by submissions.year, submissions.target_group

),

final as (

    select
        counts.year,
        counts.target_group,
        counts.expected,
        counts.usable,
        counts.rejected,
        counts.missing,
        counts.carried,
        counts.no_value,
        coalesce(rejected_beside_another.n, 0) as rejected_beside_another,
        last_days.day,
        last_days.received_year_before,
        last_days.expected_year_before
    from counts
    left join last_days
        on
            counts.year = last_days.year
            and counts.target_group = last_days.target_group
    left join rejected_beside_another
        on
            counts.year = rejected_beside_another.year
            and counts.target_group = rejected_beside_another.target_group

)

select * from final
