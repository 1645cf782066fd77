-- The collection years and the form edition that each was collected on.
-- One row per year.

with

years as (
    {% for edition, form in var('form_editions').items() %}
        {% set outer_loop = loop %}
        {% for year in form['years'] %}
            select
                cast({{ year }} as integer) as year,
                '{{ edition }}' as form_edition
            {{ "union all" if not (loop.last and outer_loop.last) }}
        {% endfor %}
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
