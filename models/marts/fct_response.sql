-- Who answered, who is carried forward, who is missing.
-- One row per year, reporting unit and target group.

with

decided as (

    select * from {{ ref('int_responses__decided') }}

),

cells as (

    select * from {{ ref('int_responses__cells') }}

),

judged as (

    select * from {{ ref('int_submissions__judged') }}

),

sums as (

    select
        year,
        reporting_unit_code,
        target_group,
        sum(fte) as fte
    from cells
    group by year, reporting_unit_code, target_group

),

received as (

    select
        year,
        reporting_unit_code,
        target_group,
        cast(count(*) as integer) as n_submissions,
        cast(
            sum(case when outcome = 'rejected' then 1 else 0 end) as integer
        ) as n_rejected,
        {{ joined_text("review_decisions", "; ", "submission_id") }}
            as review_decisions
    from judged
    group by year, reporting_unit_code, target_group

),

final as (

    select
        decided.year,
        decided.reporting_unit_code,
        decided.reporting_unit_name,
        decided.unit_kind,
        decided.municipality_code,
        decided.target_group,
        decided.status,
        decided.receipt_status,
        decided.submission_id,
        decided.source_year,
        decided.year - decided.source_year as years_carried,
        -- An answer without person-years in scope; unknown while missing.
        case
            when decided.status != 'missing' then coalesce(sums.fte, 0) = 0
        end as is_nil,
        case
            when decided.status != 'missing'
                then cast(coalesce(sums.fte, 0) as decimal(18, 8))
        end as fte,
        -- Services that are not counted, as answered; they are not carried.
        cast(judged.fte_out_of_scope as decimal(18, 4)) as fte_out_of_scope,
        decided.population,
        coalesce(received.n_submissions, 0) as n_submissions,
        coalesce(received.n_rejected, 0) as n_rejected,
        judged.received_at,
        decided.is_reviewed,
        received.review_decisions
    from decided
    left join sums
        on
            decided.year = sums.year
            and decided.reporting_unit_code = sums.reporting_unit_code
            and decided.target_group = sums.target_group
    left join judged
        on
            decided.year = judged.year
            and decided.submission_id = judged.submission_id
            and decided.target_group = judged.target_group
    left join received
        on
            decided.year = received.year
            and decided.reporting_unit_code = received.reporting_unit_code
            and decided.target_group = received.target_group

)

select * from final
