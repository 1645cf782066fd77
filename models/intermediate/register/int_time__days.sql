-- The days of the collection years, which the semantic layer asks for.
-- One row per day.

with

years as (

    select * from {{ ref('stg_collection_years') }}

),

days_of_a_year as (

    {{ generate_series(366) }}

),

counted as (

    select
        years.year,
        cast(
            {{ dbt.dateadd(
                "day",
                "days_of_a_year.generated_number - 1",
                "make_date(years.year, 1, 1)"
            ) }} as date
        ) as date_day
    from years
    cross join days_of_a_year

),

final as (

    -- A common year has no 366th day.
    select date_day
    from counted
    where extract(year from date_day) = year

)

select * from final
