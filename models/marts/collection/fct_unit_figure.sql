-- A unit's own figures beside last year's and its KOSTRA group's.
-- One row per year, reporting unit, target group, breakdown and category.

with

words as (

    select * from {{ ref('sentences') }}

),

cells as (

    select * from {{ ref('int_year_before__cells') }}

),

parts as (

    select * from {{ ref('int_year_before__parts') }}

),

figures_of_groups as (

    select * from {{ ref('int_key_figures__levels') }}
    where region_level in ('kostra_group', 'country')

),

regions as (

    select * from {{ ref('int_regions__inhabitants_and_coverage') }}

),

names as (

    select * from {{ ref('dim_region') }}

),

services as (

    select * from {{ ref('dim_service') }}

),

education as (

    select * from {{ ref('dim_education') }}

),

cells_by_breakdown as (

    {% for breakdown in ["service", "education"] %}
        select
            year,
            reporting_unit_code,
            target_group,
            '{{ breakdown }}' as breakdown,
            {{ breakdown }}_code as category_code,
            sum(fte) as fte,
            sum(fte_before) as fte_before
        from cells
        group by year, reporting_unit_code, target_group, {{ breakdown }}_code
        {{ "union all" if not loop.last }}
    {% endfor %}

),

units as (

    -- A group too small to be compared with gives way to the country.
    select
        parts.*,
        case
            when
                regions.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then 'kostra_group'
            else 'country'
        end as comparison_region_level,
        case
            when
                regions.n_municipalities
                >= {{ var('comparison_group_minimum') }}
                then parts.kostra_group_code
            else '0'
        end as comparison_region_code
    from parts
    left join regions
        on
            parts.year = regions.year
            and regions.region_level = 'kostra_group'
            and parts.kostra_group_code = regions.region_code

),

figures as (

    select
        year,
        reporting_unit_code,
        target_group,
        'total' as breakdown,
        'total' as category_code,
        fte,
        fte_before
    from units
    union all
    select
        units.year,
        units.reporting_unit_code,
        units.target_group,
        cells_by_breakdown.breakdown,
        cells_by_breakdown.category_code,
        case when units.fte is not null then cells_by_breakdown.fte end as fte,
        case
            when units.fte_before is not null then cells_by_breakdown.fte_before
        end as fte_before
    from units
    inner join cells_by_breakdown
        on
            units.year = cells_by_breakdown.year
            and units.reporting_unit_code
            = cells_by_breakdown.reporting_unit_code
            and units.target_group = cells_by_breakdown.target_group

),

final as (

    select
        figures.year,
        figures.reporting_unit_code,
        figures.target_group,
        figures.breakdown,
        figures.category_code,
        {{ category_name("figures", "nb") }} as category_nb,
        {{ category_name("figures", "en") }} as category_en,
        coalesce(services.sort_order, education.sort_order, 0) as sort_order,
        cast(figures.fte as decimal(18, 8)) as fte,
        cast(figures.fte_before as decimal(18, 8)) as fte_before,
        cast(figures.fte - figures.fte_before as decimal(18, 8)) as change_fte,
        {{ rounded_ratio(
            "(figures.fte - figures.fte_before)", "figures.fte_before", 100, 6
        ) }} as change_pct,
        {{ rounded_ratio("figures.fte", "units.population", 1000, 2) }}
            as per_1000,
        units.comparison_region_level,
        units.comparison_region_code,
        names.region_name as comparison_region_name,
        {{ rounded_ratio(
            "figures_of_groups.fte",
            "figures_of_groups.population",
            1000,
            2
        ) }} as comparison_per_1000
    from figures
    inner join units
        on
            figures.year = units.year
            and figures.reporting_unit_code = units.reporting_unit_code
            and figures.target_group = units.target_group
    left join figures_of_groups
        on
            units.year = figures_of_groups.year
            and units.comparison_region_level
            = figures_of_groups.region_level
            and units.comparison_region_code = figures_of_groups.region_code
            and figures.target_group = figures_of_groups.target_group
            and figures.breakdown = figures_of_groups.breakdown
            and figures.category_code = figures_of_groups.category_code
    left join names
        on
            units.comparison_region_level = names.region_level
            and units.comparison_region_code = names.region_code
    left join services
        on
            figures.breakdown = 'service'
            and figures.category_code = services.service_code
    left join education
        on
            figures.breakdown = 'education'
            and figures.category_code = education.education_code

)

select * from final
