{{ config(materialized='table') }}
-- Person-years of every region by target group, service and education, and
-- whether anything is known (R27).
-- One row per year, region, target group (or `all`), breakdown and category.

with

fte as (

    select * from {{ ref('int_person_years__of_regions') }}

),

regions as (

    select * from {{ ref('int_regions__inhabitants_and_coverage') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units_in_borders_of_series') }}

),

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}
    where status != 'missing'

),

parts_with_a_value as (

    select
        units_of_regions.year,
        units_of_regions.region_level,
        units_of_regions.region_code,
        responses.target_group
    from units_of_regions
    inner join responses
        on
            units_of_regions.year = responses.year
            and units_of_regions.reporting_unit_code
            = responses.reporting_unit_code

),

with_a_value as (

    select
        year,
        region_level,
        region_code,
        target_group,
        1 as n_target_groups
    from parts_with_a_value
    group by year, region_level, region_code, target_group
    union all
    select
        year,
        region_level,
        region_code,
        'all' as target_group,
        count(distinct target_group) as n_target_groups
    from parts_with_a_value
    group by year, region_level, region_code

),

cells as (

    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        service_code,
        education_code,
        fte,
        fte_imputed
    from fte
    union all
    select
        series_code,
        year,
        region_level,
        region_code,
        'all' as target_group,
        service_code,
        education_code,
        fte,
        fte_imputed
    from fte

),

sums as (

    -- R27: totals by service and by education, of a target group and of both.
    {% for breakdown in ["service", "education"] %}
        select
            series_code,
            year,
            region_level,
            region_code,
            target_group,
            '{{ breakdown }}' as breakdown,
            {{ breakdown }}_code as category_code,
            sum(fte) as fte,
            sum(fte_imputed) as fte_imputed
        from cells
        group by
            series_code,
            year,
            region_level,
            region_code,
            target_group,
            {{ breakdown }}_code
        union all
    {% endfor %}
    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        'total' as breakdown,
        'total' as category_code,
        sum(fte) as fte,
        sum(fte_imputed) as fte_imputed
    from cells
    group by series_code, year, region_level, region_code, target_group

),

categories as (

    -- A category that is anywhere in a series is zero where nobody has it.
    select
        series_code,
        target_group,
        breakdown,
        category_code
    from sums
    group by series_code, target_group, breakdown, category_code

),

final as (

    select
        regions.series_code,
        regions.year,
        regions.region_level,
        regions.region_code,
        categories.target_group,
        categories.breakdown,
        categories.category_code,
        regions.n_municipalities,
        regions.population,
        coalesce(with_a_value.n_target_groups, 0) as n_target_groups,
        case
            when with_a_value.year is not null
                then cast(coalesce(sums.fte, 0) as decimal(18, 8))
        end as fte,
        case
            when with_a_value.year is not null
                then cast(coalesce(sums.fte_imputed, 0) as decimal(18, 8))
        end as fte_imputed
    from regions
    inner join categories
        on regions.series_code = categories.series_code
    left join sums
        on
            regions.year = sums.year
            and regions.region_level = sums.region_level
            and regions.region_code = sums.region_code
            and categories.target_group = sums.target_group
            and categories.breakdown = sums.breakdown
            and categories.category_code = sums.category_code
    left join with_a_value
        on
            regions.year = with_a_value.year
            and regions.region_level = with_a_value.region_level
            and regions.region_code = with_a_value.region_code
            and categories.target_group = with_a_value.target_group

)

select * from final
