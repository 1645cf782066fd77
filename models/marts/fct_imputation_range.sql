-- What carry-forward does to the rates of the country and the counties.
-- One row per series, year, region (country and counties) and measure.

with

indicator as (

    select * from {{ ref('fct_indicator') }}
    where region_level in ('country', 'county')

),

fte as (

    select * from {{ ref('fct_fte') }}
    where region_level in ('country', 'county')

),

measure_categories as (

    select * from {{ ref('measure_categories') }}
    where role = 'counted'

),

answered as (

    select * from {{ ref('int_regions__answered') }}

),

reported as (

    select
        fte.series_code,
        fte.year,
        fte.region_level,
        fte.region_code,
        measure_categories.measure_code,
        cast(
            sum(
                case
                    when fte.target_group = 'adults'
                        then fte.fte - fte.fte_imputed
                    else 0
                end
            ) as decimal(28, 8)
        ) as fte_adults,
        cast(
            sum(
                case
                    when fte.target_group = 'children_youth'
                        then fte.fte - fte.fte_imputed
                    else 0
                end
            ) as decimal(28, 8)
        ) as fte_children_youth
    from fte
    inner join measure_categories
        on
            fte.series_code = measure_categories.series_code
            and fte.education_code = measure_categories.education_code
    group by
        fte.series_code,
        fte.year,
        fte.region_level,
        fte.region_code,
        measure_categories.measure_code

),

with_inhabitants as (

    select
        indicator.*,
        coalesce(reported.fte_adults, 0) as fte_adults,
        coalesce(reported.fte_children_youth, 0) as fte_children_youth,
        answered_adults.population as population_adults,
        answered_children_youth.population as population_children_youth
    from indicator
    left join reported
        on
            indicator.series_code = reported.series_code
            and indicator.year = reported.year
            and indicator.region_level = reported.region_level
            and indicator.region_code = reported.region_code
            and indicator.measure_code = reported.measure_code
    left join answered as answered_adults
        on
            indicator.year = answered_adults.year
            and indicator.region_level = answered_adults.region_level
            and indicator.region_code = answered_adults.region_code
            and answered_adults.target_group = 'adults'
    left join answered as answered_children_youth
        on
            indicator.year = answered_children_youth.year
            and indicator.region_level = answered_children_youth.region_level
            and indicator.region_code = answered_children_youth.region_code
            and answered_children_youth.target_group = 'children_youth'

),

with_rates as (

    -- The parts have inhabitants of their own here: those of the units that
    -- answered it. Their two rates stand on one denominator, to be added
    -- before anything is rounded.
    select
        *,
        {{ exact_ratio(
            "(fte_adults + fte_children_youth)", "population", 1000, 2
        ) }} as per_1000_imputed_as_zero,
        {{ exact_ratio(
            "(fte_adults * cast(population_children_youth as decimal(19, 4))"
            ~ " + fte_children_youth"
            ~ " * cast(population_adults as decimal(19, 4)))",
            "(cast(population_adults as decimal(19, 4))"
            ~ " * cast(population_children_youth as decimal(19, 4)))",
            1000,
            2
        ) }} as per_1000_without_imputed
    from with_inhabitants

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
        per_1000,
        per_1000_without_imputed,
        per_1000_imputed_as_zero,
        least(per_1000, per_1000_without_imputed) as range_low,
        greatest(per_1000, per_1000_without_imputed) as range_high,
        imputed_share,
        population,
        cast(population_adults as decimal(18, 4)) as population_adults,
        cast(population_children_youth as decimal(18, 4))
            as population_children_youth
    from with_rates

)

select * from final
