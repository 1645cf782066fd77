-- What each typed cell is, and what its line comes to if all of it are numbers;
-- the cells in the order in which they were given.
-- One row per cell.
with

cells as (

    -- As JSON: a list is handed over value by value, far slower.
    select
        unnest(from_json($1, '["varchar"]')) as cell_text,
        unnest(from_json($2, '["integer"]')) as line_number,
        generate_subscripts(from_json($2, '["integer"]'), 1) as cell_number
),

numbers as (

    select
        *,
        {{ number_status("cell_text") }} as status
    from cells

)

select
    status,
    case
        when bool_and(status = 'number') over (partition by line_number)
            then regexp_replace(
                cast(
                    sum(
                        case
                            when status = 'number'
                                then {{ four_decimals(
                                    canonical_number("cell_text")
                                ) }}
                        end
                    ) over (partition by line_number) as varchar
                ),
                '[.]?0+$',
                ''
            )
    end as sum_of_line
from numbers
order by cell_number
