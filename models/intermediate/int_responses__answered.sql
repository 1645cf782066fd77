-- How much of a unit's part counts among those that answered (R26).
-- One row per year, reporting unit and target group.
--
-- A city-wide unit has staff for all of the city: beside some districts only,
-- it counts by their share of the inhabitants. Without it no district does.

with

decided as (

    select * from {{ ref('int_responses__decided') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

cities as (

    select
        year,
        municipality_code,
        target_group,
        bool_and(unit_kind != 'city_wide' or status = 'reported')
            as is_answered_city_wide,
        sum(case when status = 'reported' then population else 0 end)
            as population_answered,
        sum(population) as population
    from decided
    group by year, municipality_code, target_group

),

final as (

    select
        decided.year,
        decided.reporting_unit_code,
        decided.target_group,
        cast(
            case
                when decided.status != 'reported' then 0
                when not cities.is_answered_city_wide then 0
                when decided.unit_kind = 'city_wide'
                    then {{ exact_ratio(
                        "cities.population_answered", "cities.population", 1, 8
                    ) }}
                else 1
            end as decimal(9, 8)
        ) as weight,
        -- The inhabitants of a city stand with its city-wide unit, also those
        -- outside the districts.
        case
            when decided.unit_kind = 'district' then 0
            else reporting_units.ceiling_population
        end as population
    from decided
    inner join cities
        on
            decided.year = cities.year
            and decided.municipality_code = cities.municipality_code
            and decided.target_group = cities.target_group
    inner join reporting_units
        on
            decided.year = reporting_units.year
            and decided.reporting_unit_code
            = reporting_units.reporting_unit_code

)

select * from final
