-- How many units have been heard from, day by day of the collection.
-- One row per year, target group and day from the first receipt to the last.

with

responses as (

    select * from {{ ref('fct_response') }}

),

submissions as (

    select * from {{ ref('fct_submission') }}

),

expected as (

    select
        year,
        target_group,
        cast(count(*) as integer) as expected,
        cast(
            sum(case when n_submissions > 0 then 1 else 0 end) as integer
        ) as heard_from
    from responses
    group by year, target_group

),

dated as (

    -- Days are counted from 1 January of the reporting year. A time far
    -- outside the collection stands at its edge: from that day on to the end
    -- of the year after.
    select
        submissions.year,
        submissions.target_group,
        submissions.reporting_unit_code,
        submissions.outcome,
        responses.receipt_status,
        greatest(1, least(731, {{ day_number(
            "submissions.received_at", "submissions.year"
        ) }})) as day_of_year
    from submissions
    inner join responses
        on
            submissions.year = responses.year
            and submissions.reporting_unit_code = responses.reporting_unit_code
            and submissions.target_group = responses.target_group
    where submissions.received_at is not null

),

first_receipts as (

    -- What a reviewer accepted without a time is usable from the unit's first
    -- day.
    select
        year,
        target_group,
        reporting_unit_code,
        min(day_of_year) as received_on,
        coalesce(
            min(case when outcome != 'rejected' then day_of_year end),
            min(case when receipt_status = 'received' then day_of_year end)
        ) as usable_on
    from dated
    group by year, target_group, reporting_unit_code

),

events as (

    select
        year,
        target_group,
        received_on as day_of_year,
        cast(count(*) as integer) as n_received,
        0 as n_usable
    from first_receipts
    group by year, target_group, received_on
    union all
    select
        year,
        target_group,
        usable_on as day_of_year,
        0 as n_received,
        cast(count(*) as integer) as n_usable
    from first_receipts
    where usable_on is not null
    group by year, target_group, usable_on

),

bounds as (

    select
        year,
        min(day_of_year) as first_day,
        max(day_of_year) as last_day
    from events
    group by year

),

numbers as (

    {{ generate_series(731) }}

),

days as (

    select
        bounds.year,
        cast(numbers.generated_number as integer) as day_of_year,
        bounds.last_day
    from bounds
    inner join numbers
        on
            bounds.first_day <= numbers.generated_number
            and bounds.last_day >= numbers.generated_number

),

so_far as (

    select
        days.year,
        expected.target_group,
        days.day_of_year,
        cast(
            coalesce(
                sum(
                    case when events.year = days.year then events.n_received end
                ),
                0
            ) as integer
        ) as received,
        cast(
            coalesce(
                sum(case when events.year = days.year then events.n_usable end),
                0
            ) as integer
        ) as usable,
        cast(
            sum(case when events.year < days.year then events.n_received end)
            as integer
        ) as received_year_before,
        cast(
            sum(case when events.year < days.year then events.n_usable end)
            as integer
        ) as usable_year_before
    from days
    inner join expected
        on days.year = expected.year
    left join events
        on
            events.year in (days.year, days.year - 1)
            and expected.target_group = events.target_group
            and days.day_of_year >= events.day_of_year
    group by days.year, expected.target_group, days.day_of_year

),

receipts as (

    select
        year,
        target_group,
        cast(count(*) as integer) as with_a_day
    from first_receipts
    group by year, target_group

),

final as (

    select
        so_far.year,
        so_far.target_group,
        cast(
            make_date(so_far.year, 1, 1)
            + cast(so_far.day_of_year - 1 as integer) as date
        ) as day,
        cast(so_far.day_of_year as integer) as day_of_year,
        expected.expected,
        so_far.received,
        so_far.usable,
        so_far.received - so_far.usable as rejected,
        expected.heard_from - coalesce(receipts.with_a_day, 0)
            as received_without_day,
        expected.expected - so_far.received
        - (expected.heard_from - coalesce(receipts.with_a_day, 0)) as missing,
        expected_before.expected as expected_year_before,
        case
            when expected_before.expected is not null
                then coalesce(so_far.received_year_before, 0)
        end as received_year_before,
        case
            when expected_before.expected is not null
                then coalesce(so_far.usable_year_before, 0)
        end as usable_year_before
    from so_far
    inner join expected
        on
            so_far.year = expected.year
            and so_far.target_group = expected.target_group
    left join receipts
        on
            so_far.year = receipts.year
            and so_far.target_group = receipts.target_group
    left join expected as expected_before
        on
            so_far.year - 1 = expected_before.year
            and so_far.target_group = expected_before.target_group

)

select * from final
