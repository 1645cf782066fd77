-- What carry-forward does to the rates of the country and the counties.
-- One row per series, year, region (country and counties) and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}
    where region_level in ('country', 'county')

),

respondents as (

    select * from {{ ref('int_respondents__regions') }}

),

with_answers as (

    select
        indicator.*,
        adults.fte as fte_adults,
        adults.population as population_adults,
        children_youth.fte as fte_children_youth,
        children_youth.population as population_children_youth
    from indicator
    left join respondents as adults
        on
            indicator.year = adults.year
            and indicator.region_level = adults.region_level
            and indicator.region_code = adults.region_code
            and indicator.measure_code = adults.measure_code
            and adults.target_group = 'adults'
    left join respondents as children_youth
        on
            indicator.year = children_youth.year
            and indicator.region_level = children_youth.region_level
            and indicator.region_code = children_youth.region_code
            and indicator.measure_code = children_youth.measure_code
            and children_youth.target_group = 'children_youth'

),

with_rates as (

    -- The parts have inhabitants of their own here: those of the units that
    -- answered it. Their two rates stand on one denominator, to be added
    -- before anything is rounded.
    select
        *,
        {{ rounded_ratio(
            "(fte_adults * cast(population_children_youth as decimal(19, 4))"
            ~ " + fte_children_youth"
            ~ " * cast(population_adults as decimal(19, 4)))",
            "(cast(population_adults as decimal(19, 4))"
            ~ " * cast(population_children_youth as decimal(19, 4)))",
            1000,
            2
        ) }} as per_1000_without_imputed
    from with_answers

),

final as (

    select
        series_code,
        year,
        region_level,
        region_code,
        region_key,
        region_name,
        measure_code,
        measure_key,
        per_1000,
        per_1000_without_imputed,
        case
            when per_1000_without_imputed is not null
                then least(per_1000, per_1000_without_imputed)
        end as range_low,
        case
            when per_1000_without_imputed is not null
                then greatest(per_1000, per_1000_without_imputed)
        end as range_high,
        imputed_share,
        population,
        cast(coalesce(population_adults, 0) as decimal(18, 4))
            as population_adults,
        cast(coalesce(population_children_youth, 0) as decimal(18, 4))
            as population_children_youth
    from with_rates

)

select * from final
