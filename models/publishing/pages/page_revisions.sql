-- How many published values each release changed, and why.
-- One row per release, year and reason.

with

revisions as (

    select * from {{ ref('fct_revision') }}

),

final as (

    select
        release_before,
        release_after,
        year,
        coalesce(reason_nb, '–') as reason_nb,
        coalesce(reason_en, '–') as reason_en,
        count(*) as n
    from revisions
    where reason is not null
    group by
        release_before,
        release_after,
        year,
        coalesce(reason_nb, '–'),
        coalesce(reason_en, '–')

)

select * from final
