-- The quality of a collection, target groups side by side.
-- One row per year and quality measure that applies.

with

quality as (

    select * from {{ ref('fct_collection_quality') }}

),

final as (

    select
        year,
        sort_order,
        name_nb,
        name_en,
        unit,
        max(
            case
                when target_group = 'adults'
                    then {{ rounded_figure("value", 1) }}
            end
        ) as of_adults,
        max(
            case
                when target_group = 'children_youth'
                    then {{ rounded_figure("value", 1) }}
            end
        ) as of_children_youth,
        max(
            case
                when target_group = 'all'
                    then {{ rounded_figure("value", 1) }}
            end
        ) as of_all
    from quality
    where value is not null
    group by year, sort_order, name_nb, name_en, unit

)

select * from final
