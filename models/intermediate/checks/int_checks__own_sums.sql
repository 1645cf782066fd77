-- What the form's own sums say against the cells (R22, R23).
-- One row per finding.

with

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

cells as (

    select * from {{ ref('int_submissions__cells_after_review') }}

),

sums_of_cells as (

    -- A line with a cell that cannot be read has no sum to compare with.
    select
        year,
        submission_id,
        target_group,
        service_label,
        sum(fte) as fte,
        case
            when count(*) = count(fte_as_received) then sum(fte_as_received)
        end as fte_as_received
    from cells
    group by year, submission_id, target_group, service_label
    having count(*) = count(fte)

),

repeated_services as (

    -- A service that stands twice is refused: its sums are not compared.
    select
        year,
        submission_id,
        target_group,
        normalised_service_label
    from lines
    group by
        year, submission_id, target_group, normalised_service_label
    having count(*) > 1

),

own_sums as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        normalised_service_label,
        in_scope,
        own_sum_text,
        {{ number_status("own_sum_text") }} as number_status,
        case
            when {{ number_status("own_sum_text") }} = 'number'
                then {{ four_decimals(canonical_number("own_sum_text")) }}
        end as own_sum
    from lines
    where {{ trimmed("own_sum_text") }} != ''

),

final as (

    select
        own_sums.year,
        own_sums.submission_id,
        own_sums.target_group,
        own_sums.reporting_unit_code,
        own_sums.service_label,
        own_sums.in_scope,
        'aarsverk_sum' as column_name,
        own_sums.own_sum_text as raw_value,
        case
            -- R22, R23: the form's own sum is only a control.
            when own_sums.number_status = 'number' then 'sum_differs'
            else 'unreadable_sum'
        end as rule_code,
        case
            when own_sums.number_status = 'number'
                then cast(sums_of_cells.fte as decimal(28, 8))
        end as fte,
        cast(own_sums.own_sum as decimal(28, 8)) as compared_fte
    from own_sums
    left join sums_of_cells
        on
            own_sums.year = sums_of_cells.year
            and own_sums.submission_id = sums_of_cells.submission_id
            and own_sums.target_group = sums_of_cells.target_group
            and own_sums.service_label = sums_of_cells.service_label
    left join repeated_services
        on
            own_sums.year = repeated_services.year
            and own_sums.submission_id = repeated_services.submission_id
            and own_sums.target_group = repeated_services.target_group
            and own_sums.normalised_service_label
            = repeated_services.normalised_service_label
    where
        own_sums.number_status != 'number'
        or (
            repeated_services.year is null
            and abs(own_sums.own_sum - sums_of_cells.fte)
            > {{ var('sum_tolerance') }}
            -- A form that added up is not held against a correction.
            and coalesce(
                abs(own_sums.own_sum - sums_of_cells.fte_as_received)
                > {{ var('sum_tolerance') }},
                true
            )
        )

)

select * from final
