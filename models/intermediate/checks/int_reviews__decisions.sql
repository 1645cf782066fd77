{{ config(materialized='table') }}
-- What each reviewer's decision points to, and what is wrong with it (R24).
-- One row per decision.

with

decisions as (

    select * from {{ ref('stg_reviews__decisions') }}

),

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

cells as (

    select * from {{ ref('stg_submissions__cells') }}

),

parts as (

    select
        year,
        submission_id,
        target_group
    from lines
    group by year, submission_id, target_group

),

matches as (

    -- The cells that a correction may mean: those of its line and column.
    select
        decisions.line_number,
        cast(count(*) as integer) as n_cells,
        cast(
            sum(
                case
                    when
                        {{ trimmed("cells.raw_value") }}
                        = {{ trimmed("decisions.old_value") }}
                        then 1
                    else 0
                end
            ) as integer
        ) as n_cells_as_stated,
        min(coalesce(cells.raw_value, '')) as found_value,
        min(
            case
                when
                    {{ trimmed("cells.raw_value") }}
                    = {{ trimmed("decisions.old_value") }}
                    then cells.service_label
            end
        ) as matched_service_label,
        min(
            case
                when
                    {{ trimmed("cells.raw_value") }}
                    = {{ trimmed("decisions.old_value") }}
                    then coalesce(cells.raw_value, '')
            end
        ) as matched_raw_value,
        min(
            case
                when
                    {{ trimmed("cells.raw_value") }}
                    = {{ trimmed("decisions.old_value") }}
                    then cells.fte
            end
        ) as matched_fte
    from decisions
    inner join cells
        on
            decisions.year = cells.year
            and decisions.submission_id = cells.submission_id
            and decisions.target_group = cells.target_group
            and decisions.column_name = cells.column_name
            and {{ normalised_label("decisions.service_label") }}
            = {{ normalised_label("cells.service_label") }}
    where decisions.decision = 'correct'
    group by decisions.line_number

),

with_others as (

    select
        decisions.*,
        parts.submission_id is not null as has_part,
        coalesce(matches.n_cells, 0) as n_cells,
        coalesce(matches.n_cells_as_stated, 0) as n_cells_as_stated,
        matches.found_value,
        matches.matched_service_label,
        matches.matched_raw_value,
        matches.matched_fte,
        -- The first other decision that says something about the same.
        min(decisions.line_number) over (
            partition by
                decisions.year,
                decisions.submission_id,
                decisions.target_group,
                case when decisions.decision = 'correct' then 1 else 0 end,
                {{ normalised_label("decisions.service_label") }},
                decisions.column_name,
                {{ trimmed("decisions.old_value") }}
        ) as first_line_about_the_same,
        min(
            case when decisions.decision = 'reject' then decisions.line_number
            end
        ) over (
            partition by
                decisions.year, decisions.submission_id, decisions.target_group
        ) as first_line_that_rejects
    from decisions
    left join parts
        on
            decisions.year = parts.year
            and decisions.submission_id = parts.submission_id
            and decisions.target_group = parts.target_group
    left join matches
        on decisions.line_number = matches.line_number

),

with_fault as (

    select
        *,
        case
            when decision not in ('accept', 'reject', 'correct')
                then concat_ws(
                    '',
                    'the decision "', decision,
                    '" is none of accept, reject and correct'
                )
            when decided_on is null
                then concat_ws(
                    '',
                    'decided_on "', decided_on_text,
                    '" is no date; write it as 2025-05-02'
                )
            when
                {{ trimmed("reviewer_role") }} = ''
                or {{ trimmed("reason") }} = ''
                then 'reviewer_role and reason must say who decided, and why'
            when not has_part
                then concat_ws(
                    '',
                    'no submission "', submission_id, '" of "', year_text,
                    '" has the part "', target_group,
                    '"; copy year, submission_id and target_group from'
                    ' fct_submission'
                )
            when
                decision != 'correct'
                and concat_ws(
                    '', {{ trimmed("service_label") }}, column_name,
                    {{ trimmed("old_value") }}, {{ trimmed("new_value") }}
                ) != ''
                then concat_ws(
                    '',
                    decision, ' is about the whole part: leave service_label,',
                    ' column_name, old_value and new_value empty'
                )
            when decision = 'correct' and n_cells = 0
                then concat_ws(
                    '',
                    'the part has no cell "', column_name, '" for "',
                    service_label, '"'
                )
            when decision = 'correct' and n_cells_as_stated = 0
                then concat_ws(
                    '',
                    'old_value is "', old_value, '", but the cell holds "',
                    found_value, '"'
                )
            when decision = 'correct' and n_cells_as_stated > 1
                then concat_ws(
                    '',
                    'more than one cell of "', service_label, '" holds "',
                    old_value, '", so that it is not known which is meant'
                )
            when
                decision = 'correct'
                and (
                    {{ trimmed("new_value") }} = ''
                    or {{ number_status("new_value") }} != 'number'
                    or length(
                        split_part({{ canonical_number("new_value") }}, '.', 2)
                    ) > 4
                    or length(
                        split_part({{ canonical_number("new_value") }}, '.', 1)
                    ) > 6
                )
                then concat_ws(
                    '',
                    'new_value "', new_value, '" is no number of person-years',
                    ' below a million with at most four decimals'
                )
            when
                decision = 'correct'
                and {{ four_decimals(canonical_number("new_value")) }}
                = matched_fte
                then concat_ws(
                    '',
                    'new_value "', new_value, '" is what the cell says already'
                )
            when first_line_about_the_same != line_number
                then concat_ws(
                    '',
                    'it contradicts or repeats line ',
                    cast(first_line_about_the_same as string)
                )
            when decision != 'reject' and first_line_that_rejects is not null
                then concat_ws(
                    '',
                    'it contradicts line ',
                    cast(first_line_that_rejects as string),
                    ', which rejects the part'
                )
        end as fault
    from with_others

),

final as (

    select
        line_number,
        year,
        submission_id,
        target_group,
        decision,
        case
            when decision = 'correct'
                then coalesce(matched_service_label, service_label)
        end as service_label,
        case when decision = 'correct' then column_name end as column_name,
        case
            when decision = 'correct'
                then coalesce(matched_raw_value, old_value)
        end as old_value,
        case when decision = 'correct' then new_value end as new_value,
        case
            when decision = 'correct' and fault is null
                then {{ four_decimals(canonical_number("new_value")) }}
        end as new_fte,
        decided_on,
        reviewer_role,
        reason,
        fault
    from with_fault

)

select * from final
