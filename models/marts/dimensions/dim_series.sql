-- The two series of the indicator, which are never one line.
-- One row per series.

with

series as (

    select * from {{ ref('series') }}

),

final as (

    select
        series_code,
        name_nb,
        name_en,
        first_year,
        last_year,
        structure_year,
        form_edition
    from series

)

select * from final
