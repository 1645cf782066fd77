-- Person-years by measure, before anything is divided or hidden (R8, R9, R13).
-- One row per year, region and measure of the year's series.

with

regions as (

    select * from {{ ref('int_regions__inhabitants_and_coverage') }}

),

measures as (

    select * from {{ ref('measures') }}

),

measure_categories as (

    select * from {{ ref('measure_categories') }}

),

fte as (

    select * from {{ ref('int_person_years__of_regions') }}

),

known_measures as (

    select * from {{ ref('int_measures__not_told_apart') }}

),

by_education as (

    select
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        education_code,
        sum(fte) as fte,
        sum(fte_imputed) as fte_imputed
    from fte
    group by
        series_code,
        year,
        region_level,
        region_code,
        target_group,
        education_code

),

sums as (

    select
        by_education.year,
        by_education.region_level,
        by_education.region_code,
        measure_categories.measure_code,
        sum(
            case
                when measure_categories.role = 'counted' then by_education.fte
                else 0
            end
        ) as fte,
        sum(
            case
                when measure_categories.role = 'counted'
                    then by_education.fte_imputed
                else 0
            end
        ) as fte_imputed,
        bool_or(
            -- R18: category d is unknown while c, d and e are not told apart.
            measure_categories.role = 'not_told_apart'
            and by_education.fte > 0
        ) as has_fte_not_told_apart
    from by_education
    inner join measure_categories
        on
            -- R8, R9: which category counts in which measure of a series.
            by_education.series_code = measure_categories.series_code
            and by_education.education_code
            = measure_categories.education_code
    group by
        by_education.year,
        by_education.region_level,
        by_education.region_code,
        measure_categories.measure_code

),

own as (

    select
        year,
        region_level,
        region_code,
        sum(case when target_group = 'adults' then fte else 0 end)
            as fte_adults,
        sum(case when target_group = 'children_youth' then fte else 0 end)
            as fte_children_youth
    from by_education
    group by year, region_level, region_code

),

final as (

    select
        regions.series_code,
        regions.year,
        regions.region_level,
        regions.region_code,
        measures.measure_code,
        coalesce(sums.fte, 0) as fte,
        coalesce(sums.fte_imputed, 0) as fte_imputed,
        coalesce(sums.has_fte_not_told_apart, false) as has_fte_not_told_apart,
        known_measures.measure_code is not null as is_known_of_any_part,
        coalesce(own.fte_adults, 0) as fte_adults,
        coalesce(own.fte_children_youth, 0) as fte_children_youth
    from regions
    inner join measures
        on regions.series_code = measures.series_code
    left join sums
        on
            regions.year = sums.year
            and regions.region_level = sums.region_level
            and regions.region_code = sums.region_code
            and measures.measure_code = sums.measure_code
    left join known_measures
        on
            regions.year = known_measures.year
            and regions.region_level = known_measures.region_level
            and regions.region_code = known_measures.region_code
            and measures.measure_code = known_measures.measure_code
    left join own
        on
            regions.year = own.year
            and regions.region_level = own.region_level
            and regions.region_code = own.region_code

)

select * from final
