{{ config(materialized='table') }}
-- The regions of every year: inhabitants, coverage and what their values rest
-- on (R12, R13, R16, R25).
-- One row per year and region.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}

),

municipalities_of_regions as (

    select * from {{ ref('int_regions__municipalities') }}

),

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

),

sources as (

    select * from {{ ref('int_carry_forward__sources') }}

),

answers as (

    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        bool_or(units_of_regions.is_estimated) as is_estimated,
        -- R13: covered where both target groups have a value.
        bool_and(responses.status != 'missing') as is_complete,
        bool_or(responses.status != 'missing') as has_any_value,
        bool_or(responses.status = 'carried_forward') as is_imputed,
        bool_or(responses.is_reviewed) as is_reviewed
    from units_of_regions
    inner join responses
        on
            units_of_regions.year = responses.year
            and units_of_regions.reporting_unit_code
            = responses.reporting_unit_code
    group by
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code

),

parts_of_sources as (

    -- What a region holds of a unit whose person-years were carried over an
    -- estimated split: all of it rests on no estimate, a part of it does.
    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        sum(
            cast(sources.share as decimal(28, 12)) * units_of_regions.share
        ) as share
    from units_of_regions
    inner join sources
        on
            units_of_regions.year = sources.year
            and units_of_regions.reporting_unit_code
            = sources.reporting_unit_code
            and sources.is_estimated
    inner join responses
        on
            sources.year = responses.year
            and sources.reporting_unit_code = responses.reporting_unit_code
            and sources.target_group = responses.target_group
            and responses.status = 'carried_forward'
    group by
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        sources.target_group,
        sources.source_year,
        sources.source_unit_code

),

estimated_by_carrying as (

    select
        year,
        region_level,
        region_code
    from parts_of_sources
    where share < 1
    group by year, region_level, region_code

),

inhabitants as (

    -- R13: covered are the inhabitants of municipalities in which both target
    -- groups have a value, in Oslo for all sixteen units.
    select
        municipalities_of_regions.year,
        municipalities_of_regions.region_level,
        municipalities_of_regions.region_code,
        cast(count(*) as integer) as n_municipalities,
        sum(municipalities_of_regions.population) as population,
        sum(
            case
                when answers.is_complete
                    then municipalities_of_regions.population
                else 0
            end
        ) as population_covered
    from municipalities_of_regions
    left join answers
        on
            municipalities_of_regions.year = answers.year
            and answers.region_level = 'municipality'
            and municipalities_of_regions.municipality_code
            = answers.region_code
    group by
        municipalities_of_regions.year,
        municipalities_of_regions.region_level,
        municipalities_of_regions.region_code

    union all

    select
        responses.year,
        'district' as region_level,
        responses.reporting_unit_code as region_code,
        0 as n_municipalities,
        max(responses.population) as population,
        max(
            case when answers.is_complete then responses.population else 0 end
        ) as population_covered
    from responses
    inner join answers
        on
            responses.year = answers.year
            and answers.region_level = 'district'
            and responses.reporting_unit_code = answers.region_code
    group by responses.year, responses.reporting_unit_code

),

final as (

    select
        years.series_code,
        answers.year,
        answers.region_level,
        answers.region_code,
        inhabitants.n_municipalities,
        cast(inhabitants.population as decimal(18, 4)) as population,
        cast(inhabitants.population_covered as decimal(18, 4))
            as population_covered,
        answers.is_estimated
        or estimated_by_carrying.region_code is not null as is_estimated,
        answers.is_complete,
        answers.has_any_value,
        answers.is_imputed,
        answers.is_reviewed
    from answers
    inner join years
        on answers.year = years.year
    left join inhabitants
        on
            answers.year = inhabitants.year
            and answers.region_level = inhabitants.region_level
            and answers.region_code = inhabitants.region_code
    left join estimated_by_carrying
        on
            answers.year = estimated_by_carrying.year
            and answers.region_level = estimated_by_carrying.region_level
            and answers.region_code = estimated_by_carrying.region_code

)

select * from final
