-- Which regions of the series before a region is made of (R15).
-- One row per region of a series and region of the series before it.

with

municipalities as (

    select * from {{ ref('int_municipalities__inhabitants_and_groups') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

correspondence as (

    select * from {{ ref('municipality_correspondence') }}

),

all_series as (

    select
        series_code,
        structure_year,
        lag(series_code) over (order by first_year) as earlier_series_code
    from {{ ref('series') }}

),

municipalities_of_series as (

    select distinct
        years.series_code,
        municipalities.municipality_code,
        municipalities.county_code
    from municipalities
    inner join years
        on municipalities.year = years.year

),

districts_of_series as (

    select distinct
        years.series_code,
        reporting_units.reporting_unit_code as district_code
    from reporting_units
    inner join years
        on reporting_units.year = years.year
    where reporting_units.unit_kind = 'district'

),

moved as (

    -- What every municipality of the series before has become.
    select
        all_series.series_code,
        all_series.earlier_series_code,
        earlier.municipality_code as earlier_municipality_code,
        earlier.county_code as earlier_county_code,
        later.municipality_code,
        later.county_code
    from all_series
    inner join municipalities_of_series as earlier
        on all_series.earlier_series_code = earlier.series_code
    inner join correspondence
        on
            all_series.structure_year = correspondence.structure_year
            and earlier.municipality_code = correspondence.municipality_code
    inner join municipalities_of_series as later
        on
            all_series.series_code = later.series_code
            and correspondence.structure_municipality_code
            = later.municipality_code

),

pairs as (

    {% for level in ["municipality", "county"] %}
        select distinct
            series_code,
            earlier_series_code,
            '{{ level }}' as region_level,
            {{ level }}_code as region_code,
            earlier_{{ level }}_code as earlier_region_code
        from moved
        union all
    {% endfor %}
    -- A district keeps its code.
    select
        all_series.series_code,
        all_series.earlier_series_code,
        'district' as region_level,
        later.district_code as region_code,
        earlier.district_code as earlier_region_code
    from all_series
    inner join districts_of_series as later
        on all_series.series_code = later.series_code
    inner join districts_of_series as earlier
        on
            all_series.earlier_series_code = earlier.series_code
            and later.district_code = earlier.district_code

),

final as (

    select
        series_code,
        region_level,
        region_code,
        concat(region_level, ':', region_code) as region_key,
        earlier_series_code,
        earlier_region_code,
        concat(region_level, ':', earlier_region_code) as earlier_region_key,
        count(*) over (
            partition by series_code, region_level, region_code
        ) = 1
        and count(*) over (
            partition by series_code, region_level, earlier_region_code
        ) = 1 as is_same_area
    from pairs

)

select * from final
