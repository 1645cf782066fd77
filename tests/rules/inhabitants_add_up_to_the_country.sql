{{ config(meta={
    "what_to_do":
        "compare population.csv and population_national.csv in "
        ~ "seeds/reference with their source: the same table and day, and "
        ~ "every municipality. Where they are as they were and a region level "
        ~ "is not, municipality_correspondence.csv does not move every "
        ~ "municipality whole."
}) }}
-- R12, R15: the municipalities as they were, and as they are moved to the
-- structure of the series, have the country's inhabitants.

with

national as (

    select * from {{ ref('population_national') }}

),

population as (

    select * from {{ ref('population') }}

),

indicator as (

    select * from {{ ref('fct_indicator') }}

),

as_they_were as (

    select
        year,
        sum(population) as population
    from population
    group by year

),

as_moved as (

    select
        year,
        region_level,
        sum(population) as population
    from indicator
    where measure_code = 'total' and region_level != 'district'
    group by year, region_level

),

compared as (

    select
        national.year,
        'as they were' as what,
        national.population as expected,
        as_they_were.population as found
    from national
    left join as_they_were
        on national.year = as_they_were.year

    union all

    select
        as_moved.year,
        as_moved.region_level as what,
        national.population as expected,
        as_moved.population as found
    from as_moved
    left join national
        on as_moved.year = national.year

)

select *
from compared
where expected is distinct from found
