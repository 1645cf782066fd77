{{ config(group='arsverk') }}
-- R21: what was read from a form can be found in it. Texts are compared as
-- received. Forms of a year that is not built yet wait for it.

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

years as (

    select
        cast(year as string) as year,
        false as is_of_answers
    from {{ ref('stg_collection_years') }}
    union all
    select
        cast(year as string) as year,
        true as is_of_answers
    from answers
    group by year

),

raw_rows as (

    select
        cast(year as string) as year,
        submission_id,
        part_label,
        service_label,
        '' as question_label,
        '' as answer_label
    from lines
    union all
    select
        cast(year as string) as year,
        submission_id,
        '' as part_label,
        '' as service_label,
        question_label,
        answer_label
    from answers

),

rows_received as (

    -- The same row may have been received twice.
    select
        year,
        submission_id,
        part_label,
        service_label,
        question_label,
        answer_label
    from raw_rows
    where submission_id like 'form-%'
    group by
        year,
        submission_id,
        part_label,
        service_label,
        question_label,
        answer_label

)

select
    form_rows.year,
    form_rows.innsending_id,
    form_rows.del,
    form_rows.tjeneste,
    form_rows.sporsmal,
    form_rows.svar,
    form_rows.fil,
    form_rows.ark,
    form_rows.celler
from form_rows
inner join years
    on
        form_rows.year = years.year
        and years.is_of_answers = (coalesce(form_rows.sporsmal, '') != '')
left join rows_received
    on
        coalesce(form_rows.year, '') = rows_received.year
        and coalesce(form_rows.innsending_id, '') = rows_received.submission_id
        and coalesce(form_rows.del, '') = rows_received.part_label
        and coalesce(form_rows.tjeneste, '') = rows_received.service_label
        and coalesce(form_rows.sporsmal, '') = rows_received.question_label
        and coalesce(form_rows.svar, '') = rows_received.answer_label
where rows_received.submission_id is null
