-- R21: every raw row ends in exactly one of used, superseded, rejected and out
-- of scope; their numbers add up to the rows of the file.

with

files as (
    {% for of in collected_years() %}
        select
            cast({{ of.year }} as integer) as year,
            count(*) as rows_in_file
        from {{ received_rows('submissions_' ~ of.year) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
),

submissions as (

    select * from {{ ref('fct_submission') }}

),

accounted as (

    select
        year,
        sum(rows_used)
        + sum(rows_out_of_scope)
        + sum(rows_superseded)
        + sum(rows_rejected) as rows_accounted
    from submissions
    group by year

)

select
    files.year,
    files.rows_in_file,
    accounted.rows_accounted
from files
left join accounted
    on files.year = accounted.year
where files.rows_in_file != coalesce(accounted.rows_accounted, 0)
