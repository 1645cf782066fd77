-- The collection years.
-- One row per year.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

breaks as (

    select * from {{ ref('breaks') }}

),

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

demo_years as (

    select * from {{ ref('demo_years') }}

),

reconstructed as (

    select
        year,
        bool_or({{ is_reconstruction("submission_id") }}) as is_reconstruction
    from lines
    group by year

),

final as (

    select
        years.year,
        years.series_code,
        years.form_edition,
        years.structure_year,
        years.is_break,
        breaks.name_nb as break_nb,
        breaks.name_en as break_en,
        coalesce(reconstructed.is_reconstruction, false) as is_reconstruction,
        case
            when reconstructed.is_reconstruction
                then coalesce(demo_years.provenance_code, 'invented')
            else 'received'
        end as provenance_code,
        case when reconstructed.is_reconstruction then demo_years.text_nb end
            as provenance_nb,
        case when reconstructed.is_reconstruction then demo_years.text_en end
            as provenance_en
    from years
    left join breaks
        on years.year = breaks.year
    left join reconstructed
        on years.year = reconstructed.year
    left join demo_years
        on years.year = demo_years.year

)

select * from final
