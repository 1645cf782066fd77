-- The indicator with labels, as a workbook has it: newest year first.
-- One row per series, year, region and measure.

with

indicator as (

    select * from {{ ref('labelled_indicator') }}

),

final as (

    select
        series_nb,
        series_en,
        year,
        region_level,
        region_code,
        region_nb,
        region_en,
        measure_nb,
        measure_en,
        per_1000,
        {{ rounded_figure("fte", 4) }} as fte,
        {{ rounded_figure("population", 1) }} as population,
        obs_status_nb,
        obs_status_en,
        not_displayed_reason_nb,
        not_displayed_reason_en,
        provenance_nb,
        provenance_en,
        row_number() over (
            order by
                year desc,
                case region_level
                    when 'country' then 1
                    when 'county' then 2
                    when 'municipality' then 3
                    when 'district' then 4
                end asc nulls last,
                region_level asc,
                region_code asc,
                measure_code asc
        ) as sort_order
    from indicator

)

select * from final
