-- What was received, in one short text that changes with it.
-- One row per year, submission and target group.

with

cells as (

    select * from {{ ref('stg_submissions__cells') }}

),

texts as (

    -- The length before each text keeps two cells apart. An empty cell says
    -- nothing: a column that is added to the form later is empty everywhere.
    select
        year,
        submission_id,
        target_group,
        case
            when coalesce(raw_value, '') != ''
                then concat(
                    length(service_label), ':', service_label, ':',
                    column_name, ':', length(raw_value), ':', raw_value
                )
        end as cell_text
    from cells

),

final as (

    select
        year,
        submission_id,
        target_group,
        md5(coalesce({{ joined_text("cell_text", ";") }}, '')) as received_md5
    from texts
    group by year, submission_id, target_group

)

select * from final
