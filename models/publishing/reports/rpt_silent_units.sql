-- Units that have not been heard from, the largest first.
-- One row per year, reporting unit and target group.

with

responses as (

    select * from {{ ref('fct_response') }}

),

final as (

    select
        year,
        reporting_unit_code,
        reporting_unit_name,
        target_group,
        source_year,
        {{ rounded_figure("fte", 1) }} as fte_one_decimal,
        row_number() over (
            partition by year
            order by
                fte desc nulls first,
                reporting_unit_code asc,
                target_group asc
        ) as sort_order
    from responses
    where receipt_status = 'missing'

)

select * from final
