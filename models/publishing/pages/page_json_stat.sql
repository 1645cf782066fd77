-- The cells of the indicator as JSON-stat has them: every region of a series in
-- every year and measure, whether or not there is a figure.
-- One row per series, region, year and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

),

statuses as (

    select * from {{ ref('dim_obs_status') }}

),

regions_of_series as (

    select
        series_code,
        region_key
    from indicator
    group by series_code, region_key

),

years_of_series as (

    select
        series_code,
        year
    from indicator
    group by series_code, year

),

final as (

    select
        measures.series_code,
        regions.region_key,
        regions.region_level,
        regions.name_nb as region_nb,
        regions.name_en as region_en,
        cast(years.year as string) as year_text,
        years.break_nb,
        years.break_en,
        years.provenance_nb,
        years.provenance_en,
        measures.measure_code,
        measures.name_nb as measure_nb,
        measures.name_en as measure_en,
        measures.unit_nb,
        measures.unit_en,
        indicator.per_1000,
        indicator.obs_status,
        -- Why a cell is empty, or what it rests on.
        coalesce(
            indicator.not_displayed_reason_nb,
            case
                when indicator.obs_status != 'A' then statuses.description_nb
            end
        ) as note_nb,
        coalesce(
            indicator.not_displayed_reason_en,
            case
                when indicator.obs_status != 'A' then statuses.description_en
            end
        ) as note_en,
        row_number() over (
            partition by measures.series_code
            order by regions.region_key, years.year, measures.sort_order
        ) as sort_order
    from regions_of_series
    inner join years_of_series
        on regions_of_series.series_code = years_of_series.series_code
    inner join measures
        on regions_of_series.series_code = measures.series_code
    inner join regions
        on regions_of_series.region_key = regions.region_key
    inner join years
        on years_of_series.year = years.year
    left join indicator
        on
            regions.region_key = indicator.region_key
            and years.year = indicator.year
            and measures.measure_key = indicator.measure_key
    left join statuses
        on indicator.obs_status = statuses.obs_status

)

select * from final
