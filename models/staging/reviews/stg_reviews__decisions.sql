-- Reviewers' decisions as they were written down, typed (R24).
-- One row per decision.

with

reviews as (

    select * from {{ ref('reviews') }}

),

in_order as (

    select
        {{ row_of_file() }} as row_number_of_file,
        coalesce(year, '') as year_text,
        coalesce(submission_id, '') as submission_id,
        {{ trimmed("target_group") }} as target_group,
        {{ trimmed("decision") }} as decision,
        coalesce(service_label, '') as service_label,
        {{ trimmed("column_name") }} as column_name,
        coalesce(old_value, '') as old_value,
        coalesce(new_value, '') as new_value,
        {{ trimmed("decided_on") }} as decided_on_text,
        {{ trimmed("reviewer_role") }} as reviewer_role,
        {{ trimmed("reason") }} as reason,
        concat_ws(
            '', submission_id, service_label, column_name, old_value, new_value,
            decided_on, reviewer_role, reason
        ) as all_texts
    from reviews

),

final as (

    select
        -- The headings are line 1. A text may run over several lines.
        cast(
            row_number_of_file + 1 + coalesce(
                sum(
                    length(all_texts)
                    - length(replace(all_texts, chr(10), ''))
                ) over (
                    order by row_number_of_file
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as integer
        ) as line_number,
        case
            when {{ matches(trimmed("year_text"), "[0-9]{4}") }}
                then cast({{ trimmed("year_text") }} as integer)
        end as year,
        year_text,
        submission_id,
        target_group,
        decision,
        service_label,
        column_name,
        old_value,
        new_value,
        case
            when {{ matches("decided_on_text", "[0-9]{4}-[0-9]{2}-[0-9]{2}") }}
                then try_cast(decided_on_text as date)
        end as decided_on,
        decided_on_text,
        reviewer_role,
        reason
    from in_order

)

select * from final
