-- How good a collection is, as the page on quality shows it.
-- One row per year, target group (or `all`) and quality measure.

with

quality as (

    select * from {{ ref('fct_collection_quality') }}

),

final as (

    select
        year,
        target_group,
        quality_measure_code,
        ess_code,
        name_nb,
        name_en,
        definition_nb,
        definition_en,
        note_nb,
        note_en,
        unit,
        sort_order,
        {{ rounded_figure("numerator", 0) }} as numerator,
        {{ rounded_figure("denominator", 0) }} as denominator,
        {{ rounded_figure("value", 1) }} as value
    from quality

)

select * from final
