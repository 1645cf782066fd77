{{ config(materialized='table') }}
-- The person-years that count, reported and carried forward (R3, R6, R18).
-- One row per year, reporting unit, target group, service and education.

with

cells as (

    select * from {{ ref('int_submissions__cells') }}

),

decided as (

    select * from {{ ref('int_responses__decided') }}

),

sources as (

    select * from {{ ref('int_responses__sources') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

education_categories as (

    select * from {{ ref('education_categories') }}

),

reported as (

    -- Inner joins on purpose: only the part that counts, only services that
    -- are in scope.
    select
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        cells.service_code,
        cells.education_code,
        cast(sum(cells.fte) as decimal(18, 8)) as fte
    from decided
    inner join cells
        on
            decided.year = cells.year
            and decided.submission_id = cells.submission_id
            and decided.target_group = cells.target_group
            and cells.in_scope
    where decided.status = 'reported'
    group by
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        cells.service_code,
        cells.education_code

),

carried_cells as (

    select
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        reported.service_code,
        -- From one form edition to the next, categories are translated.
        case
            when years.form_edition != source_years.form_edition
                then coalesce(
                    education_categories.carried_to, reported.education_code
                )
            else reported.education_code
        end as education_code,
        reported.fte,
        sources.share
    from decided
    inner join sources
        on
            decided.year = sources.year
            and decided.reporting_unit_code = sources.reporting_unit_code
            and decided.target_group = sources.target_group
    inner join reported
        on
            sources.source_year = reported.year
            and sources.source_unit_code = reported.reporting_unit_code
            and sources.target_group = reported.target_group
    inner join years
        on decided.year = years.year
    inner join years as source_years
        on sources.source_year = source_years.year
    left join education_categories
        on reported.education_code = education_categories.education_code
    where decided.status = 'carried_forward'

),

carried as (

    select
        year,
        reporting_unit_code,
        target_group,
        service_code,
        education_code,
        {{ sum_of_shares("fte", "share") }} as fte
    from carried_cells
    group by
        year, reporting_unit_code, target_group, service_code, education_code

),

final as (

    select
        *,
        false as is_carried
    from reported
    union all
    select
        *,
        true as is_carried
    from carried

)

select * from final
