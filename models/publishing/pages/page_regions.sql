-- The regions that pages are about, with the last year of their figures.
-- One row per region that has figures.

with

regions as (

    select * from {{ ref('dim_region') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}

),

last_figures as (

    select
        region_key,
        max(year) as last_year,
        max_by(series_code, year) as last_series_code
    from indicator
    group by region_key

),

final as (

    select
        regions.region_key,
        regions.region_level,
        regions.region_code,
        regions.region_name,
        regions.name_nb,
        regions.name_en,
        regions.municipality_code,
        regions.county_code,
        regions.health_region_code,
        regions.kostra_group_code,
        regions.centrality_class_code,
        regions.sort_order,
        counties.region_name as county_name,
        last_figures.last_year,
        last_figures.last_series_code
    from regions
    inner join last_figures
        on regions.region_key = last_figures.region_key
    left join regions as counties
        on
            counties.region_level = 'county'
            and regions.county_code = counties.region_code

)

select * from final
