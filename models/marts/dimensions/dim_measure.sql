-- The measures of both series.
-- One row per series and measure.

with

measures as (

    select * from {{ ref('measures') }}

),

final as (

    select
        concat(series_code, ':', measure_code) as measure_key,
        series_code,
        measure_code,
        name_nb,
        name_en,
        'årsverk per 1 000 innbyggere' as unit_nb,
        'person-years per 1,000 inhabitants' as unit_en,
        sort_order
    from measures

)

select * from final
