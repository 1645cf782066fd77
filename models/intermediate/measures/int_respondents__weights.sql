-- How much of a unit's part counts among those that answered (R26).
-- One row per year, reporting unit and target group.
--
-- A city-wide unit has staff for all of the city: beside some districts only,
-- it counts by their share of the inhabitants. Without it no district does.

with

responses as (

    select * from {{ ref('int_carry_forward__response_status') }}

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
    from responses
    group by year, municipality_code, target_group

),

final as (

    select
        responses.year,
        responses.reporting_unit_code,
        responses.target_group,
        cast(
            case
                when responses.status != 'reported' then 0
                when not cities.is_answered_city_wide then 0
                when responses.unit_kind = 'city_wide'
                    then {{ rounded_ratio(
                        "cities.population_answered", "cities.population", 1, 8
                    ) }}
                else 1
            end as decimal(9, 8)
        ) as weight,
        -- The inhabitants of a city stand with its city-wide unit, also those
        -- outside the districts.
        case
            when responses.unit_kind = 'district' then 0
            else reporting_units.ceiling_population
        end as population
    from responses
    inner join cities
        on
            responses.year = cities.year
            and responses.municipality_code = cities.municipality_code
            and responses.target_group = cities.target_group
    inner join reporting_units
        on
            responses.year = reporting_units.year
            and responses.reporting_unit_code
            = reporting_units.reporting_unit_code

)

select * from final
