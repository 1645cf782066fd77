{{ config(materialized='table') }}
-- The person-years that count, reported and carried forward (R3, R6, R18).
-- One row per year, reporting unit, target group, service and education.

with

cells as (

    select * from {{ ref('int_submissions__cells_after_review') }}

),

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

),

sources as (

    select * from {{ ref('int_carry_forward__sources') }}

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
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        cells.service_code,
        cells.education_code,
        cast(sum(cells.fte) as decimal(18, 8)) as fte
    from responses
    inner join cells
        on
            responses.year = cells.year
            and responses.submission_id = cells.submission_id
            and responses.target_group = cells.target_group
            -- R3: a service out of scope reaches no figure.
            and cells.in_scope
    where responses.status = 'reported'
    group by
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        cells.service_code,
        cells.education_code

),

carried_cells as (

    select
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        reported.service_code,
        -- R6: from one form edition to the next, categories are translated.
        case
            when years.form_edition != source_years.form_edition
                then coalesce(
                    education_categories.carried_to, reported.education_code
                )
            else reported.education_code
        end as education_code,
        reported.fte,
        sources.share
    from responses
    inner join sources
        on
            responses.year = sources.year
            and responses.reporting_unit_code = sources.reporting_unit_code
            and responses.target_group = sources.target_group
    inner join reported
        on
            sources.source_year = reported.year
            and sources.source_unit_code = reported.reporting_unit_code
            and sources.target_group = reported.target_group
    inner join years
        on responses.year = years.year
    inner join years as source_years
        on sources.source_year = source_years.year
    left join education_categories
        on reported.education_code = education_categories.education_code
    where responses.status = 'carried_forward'

),

carried as (

    select
        year,
        reporting_unit_code,
        target_group,
        service_code,
        education_code,
        -- R18: cell by cell, the sum of what the predecessors had.
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
