-- The collection years and the form edition that each was collected on.
-- One row per year.

with

years as (
    {% for of in collected_years() %}
        select
            cast({{ of.year }} as integer) as year,
            '{{ of.edition }}' as form_edition
        {{ "union all" if not loop.last }}
    {% endfor %}
),

series as (

    select * from {{ ref('series') }}

),

breaks as (

    select * from {{ ref('breaks') }}

),

final as (

    select
        years.year,
        years.form_edition,
        series.series_code,
        series.structure_year,
        -- R10: a break of the series is flagged.
        breaks.year is not null as is_break
    from years
    left join series
        on
            years.year >= series.first_year
            and years.year <= coalesce(series.last_year, years.year)
    left join breaks
        on years.year = breaks.year

)

select * from final
