-- R10, R27: the first year of a series has no change, no region changes between
-- 2023 and 2024, and no form shows the year before a series.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

key_figures as (

    select * from {{ ref('fct_key_figure') }}

),

form_comparison as (

    select * from {{ ref('fct_form_comparison') }}

),

series as (

    select * from {{ ref('dim_series') }}

),

changes as (

    select
        series_code,
        year,
        concat(region_key, ' ', measure_code) as changed_figure
    from indicator
    where
        change_per_1000 is not null
        or change_fte is not null
        or change_pct is not null
    union all
    select
        series_code,
        year,
        figure_key as changed_figure
    from key_figures
    where
        fte_before is not null
        or change_fte is not null
        or change_pct is not null
        or change_pct_one_decimal is not null
    union all
    select
        series.series_code,
        form_comparison.year,
        concat('form of ', form_comparison.reporting_unit_code)
            as changed_figure
    from form_comparison
    inner join series
        on form_comparison.year = series.first_year

)

select
    changes.year,
    changes.changed_figure
from changes
inner join series
    on changes.series_code = series.series_code
where changes.year = series.first_year
