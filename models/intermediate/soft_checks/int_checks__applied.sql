-- To how many parts that count a check of the control could be applied.
-- One row per year and rule that needs something beside the part itself.

with

parts as (

    select * from {{ ref('int_year_before__parts') }}
    where status = 'reported'

),

outliers as (

    select * from {{ ref('int_checks__outliers') }}

),

units as (

    select * from {{ ref('int_reporting_units') }}

),

lines as (

    select * from {{ ref('stg_submissions__lines') }}

),

rules as (

    select * from {{ ref('rules') }}

),

submissions_with_sums as (

    select
        year,
        submission_id,
        target_group
    from lines
    where own_sum_text is not null
    group by year, submission_id, target_group

),

counted as (

    select
        parts.year,
        count(*) as n_parts,
        count(units.ceiling_population) as n_with_inhabitants,
        count(parts.fte_before) as n_with_year_before,
        count(outliers.fte_at_median_change) as n_beside_changes,
        count(outliers.fte_at_median_level) as n_beside_levels,
        count(submissions_with_sums.submission_id) as n_with_sums
    from parts
    left join outliers
        on
            parts.year = outliers.year
            and parts.reporting_unit_code = outliers.reporting_unit_code
            and parts.target_group = outliers.target_group
    left join units
        on
            parts.year = units.year
            and parts.reporting_unit_code = units.reporting_unit_code
    left join submissions_with_sums
        on
            parts.year = submissions_with_sums.year
            and parts.submission_id = submissions_with_sums.submission_id
            and parts.target_group = submissions_with_sums.target_group
    group by parts.year

),

applied as (

    {% for rule, n_applied, reason in [
        ("implausible_level", "n_with_inhabitants", "'no_inhabitants'"),
        ("outlier_level", "n_beside_levels",
            "case when n_with_inhabitants = n_parts then 'small_groups'"
            ~ " else 'no_inhabitants' end"),
        ("large_change", "n_with_year_before", "'no_year_before'"),
        ("falls_to_zero", "n_with_year_before", "'no_year_before'"),
        ("unchanged_form", "n_with_year_before", "'no_year_before'"),
        ("outlier_change", "n_beside_changes",
            "case when n_with_year_before = 0 then 'no_year_before'"
            ~ " when n_with_inhabitants = n_parts then 'small_groups'"
            ~ " else 'no_inhabitants' end"),
        ("sum_differs", "n_with_sums", "'no_own_sum'"),
    ] %}
        select
            year,
            '{{ rule }}' as rule_code,
            n_parts,
            {{ n_applied }} as n_applied,
            {{ reason }} as reason_code
        from counted
        {{ "union all" if not loop.last }}
    {% endfor %}

),

final as (

    select
        applied.year,
        applied.rule_code,
        rules.checks_nb,
        rules.checks_en,
        applied.n_parts,
        applied.n_applied,
        case
            when applied.n_applied < applied.n_parts then applied.reason_code
        end as reason_code
    from applied
    left join rules
        on applied.rule_code = rules.rule_code

)

select * from final
