{{ config(group="arsverk", meta={
    "what_to_do":
        "read the form again with `arsverk form read`, which writes a row "
        ~ "and its place together. A row that somebody changed or took away "
        ~ "in seeds/submissions is put back: git knows it."
}) }}
-- R21: a row of a submission that was read from a form has one place in it, and
-- each place its row; the same row twice has two. Texts are compared as
-- received. Places of a year that is not built yet wait for it.

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

places as (

    select
        form_rows.year,
        coalesce(form_rows.innsending_id, '') as submission_id,
        coalesce(form_rows.del, '') as part_label,
        coalesce(form_rows.tjeneste, '') as service_label,
        coalesce(form_rows.sporsmal, '') as question_label,
        coalesce(form_rows.svar, '') as answer_label,
        1 as n_places,
        0 as n_rows
    from form_rows
    inner join years
        on
            form_rows.year = years.year
            and years.is_of_answers = (coalesce(form_rows.sporsmal, '') != '')

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
where n_rows != n_places
