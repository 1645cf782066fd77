-- What was received, in one short text that changes with it.
-- One row per year, submission and target group.

with

cells as (

    select * from {{ ref('stg_submissions__cells') }}

),

texts as (

    -- The length before each text keeps two cells apart.
    select
        year,
        submission_id,
        target_group,
        concat(
            length(service_label), ':', service_label, ':', column_name, ':',
            length(coalesce(raw_value, '')), ':', coalesce(raw_value, '')
        ) as cell_text
    from cells

),

final as (

    select
        year,
        submission_id,
        target_group,
        md5({{ joined_text("cell_text", ";") }}) as received_md5
    from texts
    group by year, submission_id, target_group

)

select * from final
