-- Whom to ask about odd figures first: by influence on the national total.
-- One row per year, reporting unit and target group with a soft finding.

with

words as (

    select * from {{ ref('sentences') }}

),

soft_findings as (

    select * from {{ ref('int_checks__soft') }}

),

reviews as (

    select * from {{ ref('int_reviews__decisions') }}
    where decision = 'accept' and fault is null

),

rules as (

    select * from {{ ref('rules') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

compared as (

    select * from {{ ref('int_year_before__parts') }}

),

target_groups as (

    select * from {{ ref('target_groups') }}

),

national as (

    select
        year,
        sum(fte) as fte
    from responses
    group by year

),

findings as (

    select
        *,
        {{ numbers_of_findings() }}
    from soft_findings

),

with_words as (

    -- What a reviewer has accepted is settled.
    select
        findings.year,
        findings.reporting_unit_code,
        findings.target_group,
        findings.submission_id,
        findings.rule_code,
        findings.fte,
        findings.influence_fte,
        {{ filled_in("rules.contact_nb", "nb", with_typed=false) }}
            as reason_nb,
        {{ filled_in("rules.contact_en", "en", with_typed=false) }}
            as reason_en
    from findings
    left join reviews
        on
            findings.year = reviews.year
            and findings.submission_id = reviews.submission_id
            and findings.target_group = reviews.target_group
    left join rules
        on findings.rule_code = rules.rule_code
    where reviews.line_number is null

),

parts as (

    select
        year,
        reporting_unit_code,
        target_group,
        submission_id,
        fte,
        max(influence_fte) as influence_fte,
        cast(count(*) as integer) as n_findings,
        {{ joined_text("rule_code", ", ") }} as rule_codes,
        {{ joined_text("reason_nb", "; ", "rule_code") }} as reasons_nb,
        {{ joined_text("reason_en", "; ", "rule_code") }} as reasons_en
    from with_words
    group by year, reporting_unit_code, target_group, submission_id, fte

),

final as (

    select
        parts.year,
        cast(
            row_number() over (
                partition by parts.year
                order by
                    -- R23: in the order of influence on the national total.
                    parts.influence_fte desc,
                    parts.reporting_unit_code asc,
                    parts.target_group asc
            ) as integer
        ) as contact_order,
        parts.reporting_unit_code,
        responses.reporting_unit_name,
        parts.target_group,
        parts.submission_id,
        cast(parts.fte as decimal(18, 8)) as fte,
        compared.fte_before,
        parts.n_findings,
        parts.rule_codes,
        cast(parts.influence_fte as decimal(18, 8)) as influence_fte,
        {% for language in ["nb", "en"] %}
            {{ sentence("contact", language, {
                "unit": "responses.reporting_unit_name",
                "target_group": "lower(target_groups.name_" ~ language ~ ")",
                "fte": number_as_text("parts.fte", 2, language),
                "year": "parts.year",
                "before": "case when compared.fte_before is null then "
                    ~ sentence("contact_without_before", language, {})
                    ~ " else " ~ sentence("contact_before", language, {
                        "fte_before": number_as_text(
                            "compared.fte_before", 2, language
                        ),
                        "year_before": "parts.year - 1",
                    }) ~ " end",
                "reasons": "parts.reasons_" ~ language,
            }) }} as reason_{{ language }},
        {% endfor %}
        {{ rounded_ratio("parts.influence_fte", "national.fte", 100, 4) }}
            as influence_pct
    from parts
    left join responses
        on
            parts.year = responses.year
            and parts.reporting_unit_code = responses.reporting_unit_code
            and parts.target_group = responses.target_group
    left join compared
        on
            parts.year = compared.year
            and parts.reporting_unit_code = compared.reporting_unit_code
            and parts.target_group = compared.target_group
    left join national
        on parts.year = national.year
    left join target_groups
        on parts.target_group = target_groups.target_group

)

select * from final
