{{ config(materialized='table') }}
-- The municipalities of each series, with the population of the reporting year
-- and the groups they belong to (R12, R15, R16).
-- One row per year and municipality of the series' structure year.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

population as (

    select * from {{ ref('population') }}

),

correspondence as (

    select * from {{ ref('municipality_correspondence') }}

),

municipalities as (

    select * from {{ ref('municipalities') }}

),

counties as (

    select * from {{ ref('counties') }}

),

kostra_groups as (

    select * from {{ ref('kostra_groups') }}

),

size_groups as (

    select * from {{ ref('size_groups') }}

),

centrality as (

    select * from {{ ref('centrality') }}

),

moved as (

    -- R15: inhabitants are moved as counts, like person-years; rates never are.
    select
        years.year,
        years.series_code,
        years.structure_year,
        correspondence.structure_municipality_code as municipality_code,
        cast(
            sum(
                cast(population.population as decimal(24, 4))
                * correspondence.share
            )
            as decimal(18, 4)
        ) as population,
        bool_or(correspondence.is_estimated) as is_estimated
    from years
    inner join population
        -- R12: inhabitants on 1 January of the reporting year.
        on years.year = population.year
    inner join correspondence
        on
            years.structure_year = correspondence.structure_year
            and population.municipality_code = correspondence.municipality_code
    group by
        years.year,
        years.series_code,
        years.structure_year,
        correspondence.structure_municipality_code

),

centrality_of_any_code as (

    -- A municipality that was split later belongs where most of it went.
    select
        correspondence.municipality_code,
        centrality.centrality_class_code
    from correspondence
    inner join centrality
        on
            correspondence.structure_year = centrality.structure_year
            and correspondence.structure_municipality_code
            = centrality.municipality_code
    qualify
        row_number() over (
            partition by correspondence.municipality_code
            order by
                correspondence.share desc,
                correspondence.structure_municipality_code asc
        ) = 1

),

final as (

    select
        moved.year,
        moved.series_code,
        moved.municipality_code,
        municipalities.municipality_name,
        moved.population,
        moved.is_estimated,
        municipalities.county_code,
        counties.health_region_code,
        kostra_groups.kostra_group_code,
        size_groups.size_group_code,
        centrality_of_any_code.centrality_class_code
    from moved
    left join municipalities
        on moved.municipality_code = municipalities.municipality_code
    left join counties
        on municipalities.county_code = counties.county_code
    left join kostra_groups
        on
            moved.municipality_code = kostra_groups.municipality_code
            and moved.structure_year >= kostra_groups.first_year
            -- Nothing of both sides in one comparison, which would be made
            -- for every pair of municipalities.
            and moved.structure_year <= coalesce(kostra_groups.last_year, 9999)
    left join size_groups
        on
            -- R16: the bounds are whole inhabitants; a moved population between
            -- two groups belongs to the lower one.
            floor(moved.population) >= size_groups.population_min
            and floor(moved.population)
            <= coalesce(size_groups.population_max, floor(moved.population))
    left join centrality_of_any_code
        on
            moved.municipality_code
            = centrality_of_any_code.municipality_code

)

select * from final
