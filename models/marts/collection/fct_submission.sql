-- Every submission read, and what became of each of its rows.
-- One row per year, submission and target group.

with

outcomes as (

    select * from {{ ref('int_submissions__latest_valid') }}

),

fingerprints as (

    select * from {{ ref('int_submissions__fingerprints') }}

),

final as (

    select
        outcomes.year,
        outcomes.submission_id,
        outcomes.target_group,
        outcomes.reporting_unit_code,
        outcomes.received_text,
        outcomes.received_at,
        fingerprints.received_md5,
        outcomes.outcome,
        outcomes.n_errors,
        outcomes.review_decisions,
        outcomes.n_corrected_cells,
        outcomes.rows_read,
        case
            when outcomes.outcome = 'used'
                then outcomes.rows_read - outcomes.rows_out_of_scope
            else 0
        end as rows_used,
        case
            when outcomes.outcome = 'used' then outcomes.rows_out_of_scope
            else 0
        end as rows_out_of_scope,
        case
            when outcomes.outcome = 'superseded' then outcomes.rows_read
            else 0
        end
            as rows_superseded,
        case
            when outcomes.outcome = 'rejected' then outcomes.rows_read
            else 0
        end
            as rows_rejected,
        cast(outcomes.fte_in_scope as decimal(18, 4)) as fte,
        cast(outcomes.fte_out_of_scope as decimal(18, 4)) as fte_out_of_scope,
        {{ is_reconstruction("outcomes.submission_id") }} as is_reconstruction
    from outcomes
    left join fingerprints
        on
            outcomes.year = fingerprints.year
            and outcomes.submission_id = fingerprints.submission_id
            and outcomes.target_group = fingerprints.target_group

)

select * from final
