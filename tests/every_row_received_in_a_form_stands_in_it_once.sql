{{ config(group='arsverk') }}
-- R21: a row of a submission that was read from a form has one place in it;
-- the same row twice has two.

with

form_rows as (

    select * from {{ ref('form_rows') }}

),

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

answers as (

    select * from {{ ref('stg_answers__lines') }}

),

places as (

    select
        coalesce(year, '') as year,
        coalesce(innsending_id, '') as submission_id,
        coalesce(del, '') as part_label,
        coalesce(tjeneste, '') as service_label,
        coalesce(sporsmal, '') as question_label,
        coalesce(svar, '') as answer_label,
        1 as n_places,
        0 as n_rows
    from form_rows

),

raw_rows as (

    select
        cast(year as string) as year,
        submission_id,
        part_label,
        service_label,
        '' as question_label,
        '' as answer_label,
        0 as n_places,
        1 as n_rows
    from lines
    where submission_id like 'form-%'
    union all
    select
        cast(year as string) as year,
        submission_id,
        '' as part_label,
        '' as service_label,
        question_label,
        answer_label,
        0 as n_places,
        1 as n_rows
    from answers
    where submission_id like 'form-%'

),

rows_and_places as (

    select * from places
    union all
    select * from raw_rows

),

final as (

    select
        year,
        submission_id,
        part_label,
        service_label,
        question_label,
        answer_label,
        sum(n_rows) as n_rows,
        sum(n_places) as n_places
    from rows_and_places
    group by
        year,
        submission_id,
        part_label,
        service_label,
        question_label,
        answer_label

)

select *
from final
where n_rows > 0 and n_rows != n_places
