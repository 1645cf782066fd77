-- Who answered, who is carried forward, who is missing.
-- One row per year, reporting unit and target group.

with

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

),

cells as (

    select * from {{ ref('int_person_years__carried_forward') }}

),

outcomes as (

    select * from {{ ref('int_submissions__latest_valid') }}

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
    from outcomes
    group by year, reporting_unit_code, target_group

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
        responses.year - responses.source_year as years_carried,
        -- An answer without person-years in scope; unknown while missing.
        case
            when responses.status != 'missing' then coalesce(sums.fte, 0) = 0
        end as is_nil,
        case
            when responses.status != 'missing'
                then cast(coalesce(sums.fte, 0) as decimal(18, 8))
        end as fte,
        -- Services that are not counted, as answered; they are not carried.
        cast(outcomes.fte_out_of_scope as decimal(18, 4)) as fte_out_of_scope,
        responses.population,
        coalesce(received.n_submissions, 0) as n_submissions,
        coalesce(received.n_rejected, 0) as n_rejected,
        outcomes.received_at,
        responses.is_reviewed,
        received.review_decisions
    from responses
    left join sums
        on
            responses.year = sums.year
            and responses.reporting_unit_code = sums.reporting_unit_code
            and responses.target_group = sums.target_group
    left join outcomes
        on
            responses.year = outcomes.year
            and responses.submission_id = outcomes.submission_id
            and responses.target_group = outcomes.target_group
    left join received
        on
            responses.year = received.year
            and responses.reporting_unit_code = received.reporting_unit_code
            and responses.target_group = received.target_group

)

select * from final
