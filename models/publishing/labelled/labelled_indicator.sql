{{ config(alias='indicator') }}
-- The indicator with every code in words.
-- One row per series, year, region and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

),

statuses as (

    select * from {{ ref('dim_obs_status') }}

),

final as (

    select
        indicator.series_code,
        series.name_nb as series_nb,
        series.name_en as series_en,
        indicator.year,
        indicator.region_level,
        indicator.region_code,
        regions.name_nb as region_nb,
        regions.name_en as region_en,
        regions.county_code,
        regions.health_region_code,
        regions.kostra_group_code,
        regions.centrality_class_code,
        indicator.measure_code,
        measures.name_nb as measure_nb,
        measures.name_en as measure_en,
        indicator.per_1000,
        indicator.per_1000_one_decimal,
        indicator.fte,
        indicator.population,
        indicator.change_per_1000,
        indicator.is_displayed,
        indicator.not_displayed_reason_nb,
        indicator.not_displayed_reason_en,
        indicator.obs_status,
        statuses.name_nb as obs_status_nb,
        statuses.name_en as obs_status_en,
        indicator.imputed_share,
        indicator.is_break,
        years.break_nb,
        years.break_en,
        indicator.is_reconstruction,
        years.provenance_nb,
        years.provenance_en
    from indicator
    inner join years
        on indicator.year = years.year
    inner join series
        on indicator.series_code = series.series_code
    inner join regions
        on indicator.region_key = regions.region_key
    inner join measures
        on indicator.measure_key = measures.measure_key
    inner join statuses
        on indicator.obs_status = statuses.obs_status

)

select * from final
