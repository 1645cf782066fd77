-- The measures of both series.
-- One row per series and measure.

with

words as (

    select * from {{ ref('sentences') }}

),

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
        {{ sentence("rate_unit", "nb", {}) }} as unit_nb,
        {{ sentence("rate_unit", "en", {}) }} as unit_en,
        sort_order
    from measures

)

select * from final
