-- Every submission read, and what became of each of its rows.
-- One row per year, submission and target group.

with

judged as (

    select * from {{ ref('int_submissions__judged') }}

),

final as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        received_text,
        received_at,
        outcome,
        n_errors,
        review_decisions,
        n_corrected_cells,
        rows_read,
        case when outcome = 'used' then rows_read - rows_out_of_scope else 0 end
            as rows_used,
        case when outcome = 'used' then rows_out_of_scope else 0 end
            as rows_out_of_scope,
        case when outcome = 'superseded' then rows_read else 0 end
            as rows_superseded,
        case when outcome = 'rejected' then rows_read else 0 end
            as rows_rejected,
        cast(fte_in_scope as decimal(18, 4)) as fte,
        cast(fte_out_of_scope as decimal(18, 4)) as fte_out_of_scope,
        {{ is_reconstruction("submission_id") }} as is_reconstruction
    from judged

)

select * from final
