-- What is wrong with the submissions: every finding, not only the first (R21).
-- One row per finding.

with

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

cells as (

    select * from {{ ref('stg_submissions__cells') }}

),

parts as (

    select * from {{ ref('int_submissions__parts') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

known_units as (

    select * from {{ ref('int_reporting_units__of_any_year') }}

),

form_parts as (

    -- A part with two units has a finding for each.
    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        part_label
    from lines
    group by
        year, submission_id, target_group, reporting_unit_code, part_label

),

unit_findings as (

    select
        form_parts.year,
        form_parts.submission_id,
        form_parts.target_group,
        form_parts.reporting_unit_code,
        cast(null as string) as service_label,
        'enhet' as column_name,
        form_parts.reporting_unit_code as raw_value,
        case
            -- R21: the unit is in no register, or not in that of the year.
            when known_units.reporting_unit_code is null then 'unknown_unit'
            else 'unit_not_in_force'
        end as rule_code
    from form_parts
    left join known_units
        on form_parts.reporting_unit_code = known_units.reporting_unit_code
    left join reporting_units
        on
            form_parts.year = reporting_units.year
            and form_parts.reporting_unit_code
            = reporting_units.reporting_unit_code
    where reporting_units.reporting_unit_code is null
    group by
        form_parts.year,
        form_parts.submission_id,
        form_parts.target_group,
        form_parts.reporting_unit_code,
        known_units.reporting_unit_code

),

identifier_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        cast(null as string) as service_label,
        'innsending_id' as column_name,
        submission_id as raw_value,
        'empty_submission_id' as rule_code
    from form_parts
    where {{ trimmed("submission_id") }} = ''
    group by year, submission_id, target_group, reporting_unit_code

),

target_group_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        cast(null as string) as service_label,
        'del' as column_name,
        part_label as raw_value,
        -- R21: neither adults nor children and youth.
        'unknown_target_group' as rule_code
    from form_parts
    where target_group = 'unknown'

),

service_findings as (

    -- Which services are on the form depends on the target group, so that a
    -- part without a known one is not held against the list.
    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        'tjeneste' as column_name,
        service_label as raw_value,
        -- R21: not a service of the form edition and target group.
        'unknown_service' as rule_code
    from lines
    where service_code is null and target_group != 'unknown'

),

repeated_services as (

    -- Grouped first: few labels stand twice.
    select
        year,
        submission_id,
        target_group,
        part_label,
        normalised_service_label
    from lines
    group by
        year, submission_id, target_group, part_label, normalised_service_label
    having count(*) > 1

),

duplicate_findings as (

    select
        lines.year,
        lines.submission_id,
        lines.target_group,
        min(lines.reporting_unit_code) as reporting_unit_code,
        min(lines.service_label) as service_label,
        'tjeneste' as column_name,
        min(lines.service_label) as raw_value,
        -- R21: a service stands twice in one part.
        'duplicate_service' as rule_code
    from lines
    inner join repeated_services
        on
            lines.year = repeated_services.year
            and lines.submission_id = repeated_services.submission_id
            and lines.target_group = repeated_services.target_group
            and lines.part_label = repeated_services.part_label
            and lines.normalised_service_label
            = repeated_services.normalised_service_label
    group by
        lines.year,
        lines.submission_id,
        lines.target_group,
        lines.part_label,
        lines.normalised_service_label

),

cell_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        service_label,
        column_name,
        raw_value,
        case
            -- R21, R22: not a number, or below zero.
            when number_status = 'number' then 'more_than_four_decimals'
            else number_status
        end as rule_code
    from cells
    where number_status != 'number' or has_more_than_four_decimals

),

time_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        cast(null as string) as service_label,
        'mottatt' as column_name,
        received_text as raw_value,
        -- R21: a time of receipt that cannot be read.
        'unreadable_time' as rule_code
    from lines
    where received_at is null
    group by
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        received_text

),

inconsistent_submissions as (

    select
        year,
        submission_id
    from lines
    group by year, submission_id
    having
        min(reporting_unit_code) != max(reporting_unit_code)
        or {{ has_several_times() }}

),

units_and_times as (

    select
        lines.year,
        lines.submission_id,
        lines.reporting_unit_code,
        lines.received_text,
        concat(lines.reporting_unit_code, ' ', lines.received_text)
            as unit_and_time
    from lines
    inner join inconsistent_submissions
        on
            lines.year = inconsistent_submissions.year
            and lines.submission_id = inconsistent_submissions.submission_id
    group by
        lines.year,
        lines.submission_id,
        lines.reporting_unit_code,
        lines.received_text

),

summaries as (

    select
        year,
        submission_id,
        {{ joined_text("unit_and_time", " / ") }} as raw_value
    from units_and_times
    group by year, submission_id

),

inconsistent_findings as (

    -- Every unit that a part names is told.
    select
        form_parts.year,
        form_parts.submission_id,
        form_parts.target_group,
        form_parts.reporting_unit_code,
        cast(null as string) as service_label,
        'innsending_id' as column_name,
        summaries.raw_value,
        -- R21: one submission with two units or two times.
        'inconsistent_submission' as rule_code
    from form_parts
    inner join summaries
        on
            form_parts.year = summaries.year
            and form_parts.submission_id = summaries.submission_id
    group by
        form_parts.year,
        form_parts.submission_id,
        form_parts.target_group,
        form_parts.reporting_unit_code,
        summaries.raw_value

),

levels as (

    -- The level as it was received and as it stands after corrections.
    select
        parts.year,
        parts.submission_id,
        parts.target_group,
        parts.reporting_unit_code,
        parts.fte_as_received,
        parts.fte_in_scope + parts.fte_out_of_scope as fte_as_it_stands,
        reporting_units.ceiling_population,
        {{ var('ceiling_per_1000') }} * reporting_units.ceiling_population
            as ceiling_times_1000
    from parts
    inner join reporting_units
        on
            parts.year = reporting_units.year
            and parts.reporting_unit_code = reporting_units.reporting_unit_code

),

level_findings as (

    select
        year,
        submission_id,
        target_group,
        reporting_unit_code,
        cast(null as string) as service_label,
        cast(null as string) as column_name,
        trim(trailing '.' from trim(
            trailing '0' from
            cast(greatest(fte_as_it_stands, fte_as_received) as string)
        )) as raw_value,
        -- R21: more person-years than the ceiling allows.
        'implausible_level' as rule_code,
        cast(greatest(fte_as_it_stands, fte_as_received) as decimal(28, 8))
            as fte,
        cast(ceiling_population as decimal(28, 8)) as compared_fte,
        fte_as_it_stands * 1000 <= ceiling_times_1000 as is_settled
    from levels
    where
        greatest(fte_as_it_stands, fte_as_received) * 1000 > ceiling_times_1000

),

final as (

    {% for findings in [
        "unit_findings",
        "identifier_findings",
        "target_group_findings",
        "service_findings",
        "duplicate_findings",
        "cell_findings",
        "time_findings",
        "inconsistent_findings",
    ] %}
        select
            *,
            cast(null as decimal(28, 8)) as fte,
            cast(null as decimal(28, 8)) as compared_fte,
            false as is_settled
        from {{ findings }}
        union all
    {% endfor %}
    select * from level_findings

)

select * from final
