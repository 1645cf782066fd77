-- The key figures of the yearly report: person-years, and their change (R27).
-- One row per figure and year.

with

words as (

    select * from {{ ref('sentences') }}

),

levels as (

    -- Single municipalities and districts are no key figures.
    select * from {{ ref('int_key_figures__levels') }}
    where region_level not in ('municipality', 'district')

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

services as (

    select * from {{ ref('dim_service') }}

),

education as (

    select * from {{ ref('dim_education') }}

),

figures as (

    select
        *,
        concat_ws(
            '|',
            concat(region_level, ':', region_code),
            target_group,
            breakdown,
            category_code
        ) as figure_key
    from levels

),

final as (

    select
        figures.figure_key,
        figures.year,
        figures.series_code,
        figures.region_level,
        figures.region_code,
        regions.region_key,
        regions.region_name,
        figures.target_group,
        case
            when figures.target_group = 'all'
                then {{ sentence("both_target_groups", "nb", {}) }}
            else target_groups.name_nb
        end as part_nb,
        case
            when figures.target_group = 'all'
                then {{ sentence("both_target_groups", "en", {}) }}
            else target_groups.name_en
        end as part_en,
        figures.breakdown,
        figures.category_code,
        {{ category_name("figures", "nb") }} as category_nb,
        {{ category_name("figures", "en") }} as category_en,
        coalesce(services.sort_order, education.sort_order, 0) as sort_order,
        figures.fte,
        figures.fte_imputed,
        year_before.fte as fte_before,
        cast(figures.fte - year_before.fte as decimal(18, 8)) as change_fte,
        {{ rounded_ratio(
            "(figures.fte - year_before.fte)", "year_before.fte", 100, 8
        ) }} as change_pct,
        {{ rounded_ratio(
            "(figures.fte - year_before.fte)", "year_before.fte", 100, 1
        ) }} as change_pct_one_decimal,
        figures.population,
        figures.n_municipalities,
        {{ rounded_ratio("figures.fte", "figures.population", 1000, 2) }}
            as per_1000,
        {{ rounded_ratio("figures.fte", "totals.fte", 100, 8) }} as share_pct,
        years.is_break,
        years.is_reconstruction
    from figures
    inner join years
        on figures.year = years.year
    left join regions
        on
            figures.region_level = regions.region_level
            and figures.region_code = regions.region_code
    -- Only inside a series: a change across its break is never computed. Both
    -- target groups are not compared with one of them.
    -- R10, R27: the year before inside the series, of the same figure.
    left join figures as year_before
        on
            figures.series_code = year_before.series_code
            and figures.year - 1 = year_before.year
            and figures.figure_key = year_before.figure_key
            and figures.n_target_groups = year_before.n_target_groups
    inner join figures as totals
        on
            figures.year = totals.year
            and figures.region_level = totals.region_level
            and figures.region_code = totals.region_code
            and figures.target_group = totals.target_group
            and totals.breakdown = 'total'
    left join target_groups
        on figures.target_group = target_groups.target_group
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
