-- What a region's person-years are made of: target groups, services, education.
-- One row per series, year, region, breakdown and category.

with

words as (

    select * from {{ ref('sentences') }}

),

levels as (

    select * from {{ ref('int_key_figures__levels') }}
    where region_level in ('country', 'county', 'municipality', 'district')

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

services as (

    select * from {{ ref('dim_service') }}

),

education as (

    select * from {{ ref('dim_education') }}

),

side_by_side as (

    select
        series_code,
        region_level,
        region_code,
        breakdown,
        category_code,
        max(case when target_group = 'all' then fte end) as fte,
        max(case when target_group = 'all' then fte_imputed end) as fte_imputed,
        {% for target_group in ["adults", "children_youth"] %}
            max(case when target_group = '{{ target_group }}' then fte end)
                as fte_{{ target_group }},
        {% endfor %}
        year
    from levels
    group by
        series_code, year, region_level, region_code, breakdown, category_code

),

final as (

    select
        parts.series_code,
        parts.year,
        parts.region_level,
        parts.region_code,
        regions.region_key,
        regions.region_name,
        parts.breakdown,
        parts.category_code,
        {{ category_name("parts", "nb") }} as category_nb,
        {{ category_name("parts", "en") }} as category_en,
        coalesce(services.sort_order, education.sort_order, 0) as sort_order,
        parts.fte,
        parts.fte_adults,
        parts.fte_children_youth,
        parts.fte_imputed,
        {{ rounded_ratio("parts.fte", "totals.fte", 100, 8) }} as share_pct,
        {{ rounded_ratio("parts.fte_adults", "parts.fte", 100, 8) }}
            as share_adults_pct,
        {{ rounded_ratio("parts.fte_children_youth", "parts.fte", 100, 8) }}
            as share_children_youth_pct,
        {{ rounded_ratio("parts.fte", "totals.fte", 100, 1) }}
            as share_pct_one_decimal,
        {{ rounded_ratio("parts.fte_adults", "parts.fte", 100, 1) }}
            as share_adults_pct_one_decimal,
        {{ rounded_ratio("parts.fte_children_youth", "parts.fte", 100, 1) }}
            as share_children_youth_pct_one_decimal,
        years.is_reconstruction
    from side_by_side as parts
    inner join years
        on parts.year = years.year
    inner join side_by_side as totals
        on
            parts.year = totals.year
            and parts.region_level = totals.region_level
            and parts.region_code = totals.region_code
            and totals.breakdown = 'total'
    left join regions
        on
            parts.region_level = regions.region_level
            and parts.region_code = regions.region_code
    left join services
        on
            parts.breakdown = 'service'
            and parts.category_code = services.service_code
    left join education
        on
            parts.breakdown = 'education'
            and parts.category_code = education.education_code

)

select * from final
