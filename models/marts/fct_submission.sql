-- Every submission read, and what became of each of its rows.
-- One row per year, submission and target group.

with

judged as (

    select * from {{ ref('int_submissions__judged') }}

),

fingerprints as (

    select * from {{ ref('int_submissions__fingerprints') }}

),

final as (

    select
        judged.year,
        judged.submission_id,
        judged.target_group,
        judged.reporting_unit_code,
        judged.received_text,
        judged.received_at,
        fingerprints.received_md5,
        judged.outcome,
        judged.n_errors,
        judged.review_decisions,
        judged.n_corrected_cells,
        judged.rows_read,
        case
            when judged.outcome = 'used'
                then judged.rows_read - judged.rows_out_of_scope
            else 0
        end as rows_used,
        case
            when judged.outcome = 'used' then judged.rows_out_of_scope
            else 0
        end as rows_out_of_scope,
        case when judged.outcome = 'superseded' then judged.rows_read else 0 end
            as rows_superseded,
        case when judged.outcome = 'rejected' then judged.rows_read else 0 end
            as rows_rejected,
        cast(judged.fte_in_scope as decimal(18, 4)) as fte,
        cast(judged.fte_out_of_scope as decimal(18, 4)) as fte_out_of_scope,
        {{ is_reconstruction("judged.submission_id") }} as is_reconstruction
    from judged
    left join fingerprints
        on
            judged.year = fingerprints.year
            and judged.submission_id = fingerprints.submission_id
            and judged.target_group = fingerprints.target_group

)

select * from final
