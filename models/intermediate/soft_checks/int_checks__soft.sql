-- What looks wrong in the parts that count: every soft finding (R23).
-- One row per finding.

with

parts as (

    select * from {{ ref('int_year_before__parts') }}

),

outliers as (

    select * from {{ ref('int_checks__outliers') }}

),

sum_findings as (

    select * from {{ ref('int_checks__own_sums') }}
    where rule_code = 'sum_differs'

),

answers as (

    select
        parts.*,
        abs(parts.fte - parts.fte_before) as change_fte,
        outliers.is_outlier_change,
        outliers.is_outlier_level,
        outliers.fte_at_median_level,
        outliers.fte_at_median_change
    from parts
    inner join outliers
        on
            parts.year = outliers.year
            and parts.reporting_unit_code = outliers.reporting_unit_code
            and parts.target_group = outliers.target_group
    where parts.status = 'reported'

),

final as (

    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        -- R23: a change above both limits.
        'large_change' as rule_code,
        fte,
        fte_before as compared_fte,
        change_fte as influence_fte
    from answers
    where
        cast(change_fte as decimal(28, 8)) * 100
        > {{ var('large_change_pct') }} * cast(fte_before as decimal(28, 8))
        and change_fte > {{ var('large_change_fte') }}
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        -- R23: a part that falls to zero.
        'falls_to_zero' as rule_code,
        fte,
        fte_before as compared_fte,
        change_fte as influence_fte
    from answers
    where fte = 0 and fte_before > 0
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        -- R23: every cell equal to last year.
        'unchanged_form' as rule_code,
        fte,
        fte_before as compared_fte,
        -- What it would weigh if the unit had changed as its group did.
        coalesce(abs(fte_at_median_change - fte), 0) as influence_fte
    from answers
    -- Nothing in both years is a steady answer.
    where is_every_cell_equal and fte > 0
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        -- R23: a change far from the KOSTRA group's.
        'outlier_change' as rule_code,
        fte,
        fte_before as compared_fte,
        change_fte as influence_fte
    from answers
    where is_outlier_change
    union all
    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        -- R23: a level far from the KOSTRA group's.
        'outlier_level' as rule_code,
        fte,
        fte_at_median_level as compared_fte,
        abs(fte - fte_at_median_level) as influence_fte
    from answers
    where is_outlier_level
    union all
    -- The sums of a part in one finding; the lines stand in
    -- fct_submission_issue. What is out of scope has no influence.
    select
        answers.year,
        answers.reporting_unit_code,
        answers.target_group,
        answers.submission_id,
        'sum_differs' as rule_code,
        answers.fte,
        cast(null as decimal(28, 8)) as compared_fte,
        cast(
            abs(
                sum(
                    case
                        when sum_findings.in_scope
                            then sum_findings.compared_fte - sum_findings.fte
                        else 0
                    end
                )
            ) as decimal(28, 8)
        ) as influence_fte
    from answers
    inner join sum_findings
        on
            answers.year = sum_findings.year
            and answers.submission_id = sum_findings.submission_id
            and answers.target_group = sum_findings.target_group
    group by
        answers.year,
        answers.reporting_unit_code,
        answers.target_group,
        answers.submission_id,
        answers.fte

)

select * from final
