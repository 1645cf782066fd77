-- Every cell as it stands after reviewers' corrections (R24).
-- One row per raw row and person-years column of its form edition.

with

cells as (

    select * from {{ ref('stg_submissions__cells') }}

),

corrections as (

    select * from {{ ref('int_reviews__decisions') }}
    where decision = 'correct' and fault is null

),

final as (

    select
        cells.year,
        cells.submission_id,
        cells.reporting_unit_code,
        cells.target_group,
        cells.service_label,
        cells.service_code,
        cells.in_scope,
        cells.column_name,
        cells.education_code,
        cells.raw_value,
        -- R24: a reviewer's correction stands in the cell.
        coalesce(corrections.new_fte, cells.fte) as fte,
        cells.fte as fte_as_received,
        corrections.line_number is not null as is_corrected
    from cells
    left join corrections
        on
            cells.year = corrections.year
            and cells.submission_id = corrections.submission_id
            and cells.target_group = corrections.target_group
            and cells.service_label = corrections.service_label
            and cells.column_name = corrections.column_name
            and coalesce(cells.raw_value, '') = corrections.old_value

)

select * from final
