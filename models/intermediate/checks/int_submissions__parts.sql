-- The parts of the submissions, with corrected cells, before any check.
-- One row per year, submission and target group.

with

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

cells as (

    select * from {{ ref('int_submissions__cells_after_review') }}

),

line_counts as (

    select
        year,
        submission_id,
        target_group,
        -- A part with two units or two times is refused, so that it does not
        -- matter which of them stands here.
        min(reporting_unit_code) as reporting_unit_code,
        min(received_at) as received_at,
        min(received_text) as received_text,
        cast(count(*) as integer) as rows_read,
        cast(
            sum(case when not in_scope then 1 else 0 end) as integer
        ) as rows_out_of_scope
    from lines
    -- R2: the two target groups of a submission stand apart.
    group by year, submission_id, target_group

),

sums as (

    select
        year,
        submission_id,
        target_group,
        -- A line whose service is unknown counts as in scope here: it has to
        -- be somewhere, and its part is refused.
        sum(
            case when coalesce(in_scope, true) then coalesce(fte, 0) else 0 end
        ) as fte_in_scope,
        -- R3: what is out of scope is kept, apart.
        sum(
            case when not in_scope then coalesce(fte, 0) else 0 end
        ) as fte_out_of_scope,
        sum(coalesce(fte_as_received, 0)) as fte_as_received,
        cast(
            sum(case when is_corrected then 1 else 0 end) as integer
        ) as n_corrected_cells
    from cells
    group by year, submission_id, target_group

),

final as (

    select
        line_counts.year,
        line_counts.submission_id,
        line_counts.target_group,
        line_counts.reporting_unit_code,
        line_counts.received_at,
        line_counts.received_text,
        line_counts.rows_read,
        line_counts.rows_out_of_scope,
        sums.fte_in_scope,
        sums.fte_out_of_scope,
        sums.fte_as_received,
        sums.n_corrected_cells
    from line_counts
    left join sums
        on
            line_counts.year = sums.year
            and line_counts.submission_id = sums.submission_id
            and line_counts.target_group = sums.target_group

)

select * from final
