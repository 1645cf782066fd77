-- R27: target groups, services and educations add up to their totals, and
-- counties and groups to the country.

with

key_figures as (

    select * from {{ ref('fct_key_figure') }}

),

sums as (

    select
        year,
        region_level,
        target_group,
        breakdown,
        sum(fte) as fte
    from key_figures
    group by year, region_level, target_group, breakdown

    union all

    select
        year,
        region_level,
        'all' as target_group,
        concat(breakdown, ' by target group') as breakdown,
        sum(fte) as fte
    from key_figures
    where target_group != 'all'
    group by year, region_level, breakdown

),

country as (

    select
        year,
        target_group,
        fte
    from key_figures
    where region_level = 'country' and breakdown = 'total'

)

select
    sums.year,
    sums.region_level,
    sums.target_group,
    sums.breakdown,
    sums.fte,
    country.fte as fte_of_country
from sums
left join country
    on
        sums.year = country.year
        and sums.target_group = country.target_group
where
    country.year is null
    or abs(coalesce(sums.fte, 0) - coalesce(country.fte, 0)) > 0.000001
