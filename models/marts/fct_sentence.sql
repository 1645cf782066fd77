-- The result in words, as the indicator's own page puts it.
-- One row per year and sentence.

with

indicator as (

    select * from {{ ref('fct_indicator') }}

),

responses as (

    select * from {{ ref('fct_response') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

country as (

    select
        year,
        max(case when measure_code = 'total' then per_1000_one_decimal end)
            as total,
        max(
            case
                when measure_code = 'health_upper_secondary_or_higher'
                    then per_1000_one_decimal
            end
        ) as with_health_education
    from indicator
    where region_level = 'country'
    group by year

),

counties as (

    select
        indicator.year,
        indicator.per_1000_one_decimal as rate,
        regions.name_nb,
        regions.name_en,
        min(indicator.per_1000_one_decimal) over (
            partition by indicator.year
        ) as lowest,
        max(indicator.per_1000_one_decimal) over (
            partition by indicator.year
        ) as highest
    from indicator
    inner join regions
        on
            indicator.region_level = regions.region_level
            and indicator.region_code = regions.region_code
    where
        indicator.region_level = 'county'
        and indicator.measure_code = 'total'
        and indicator.is_displayed

),

ends as (

    -- Counties that share the lowest or the highest rate are all named.
    select
        year,
        min(lowest) as lowest,
        min(highest) as highest,
        {{ joined_text(
            "case when rate = lowest then name_nb end", " og "
        ) }}
            as lowest_nb,
        {{ joined_text(
            "case when rate = lowest then name_en end", " and "
        ) }}
            as lowest_en,
        {{ joined_text(
            "case when rate = highest then name_nb end", " og "
        ) }}
            as highest_nb,
        {{ joined_text(
            "case when rate = highest then name_en end", " and "
        ) }}
            as highest_en
    from counties
    group by year

),

carried as (

    select
        year,
        count(
            distinct case
                when status = 'carried_forward' then reporting_unit_code
            end
        ) as n_carried,
        count(distinct reporting_unit_code) as n_units
    from responses
    group by year

),

final as (

    select
        country.year,
        'headline' as sentence_code,
        1 as sort_order,
        concat(
            'På landsbasis var det ',
            {{ decimal_comma("country.total") }},
            ' årsverk i psykisk helse- og rusarbeid per 1{{ "\u2009" }}000 ',
            'innbyggere i kommunene i ',
            cast(country.year as string),
            ', fra ',
            {{ decimal_comma("ends.lowest") }},
            ' i ',
            ends.lowest_nb,
            ' til ',
            {{ decimal_comma("ends.highest") }},
            ' i ',
            ends.highest_nb,
            '.'
        ) as text_nb,
        concat(
            'In ',
            cast(country.year as string),
            ' the municipalities of Norway had ',
            cast(country.total as string),
            ' person-years in mental-health and substance-use work per 1,000 ',
            'inhabitants, from ',
            cast(ends.lowest as string),
            ' in ',
            ends.lowest_en,
            ' to ',
            cast(ends.highest as string),
            ' in ',
            ends.highest_en,
            '.'
        ) as text_en
    from country
    inner join ends
        on country.year = ends.year

    union all

    select
        year,
        'health_education' as sentence_code,
        2 as sort_order,
        concat(
            'Årsverk med helse- og sosialfaglig utdanning: ',
            {{ decimal_comma("with_health_education") }},
            ' per 1{{ "\u2009" }}000 innbyggere.'
        ) as text_nb,
        concat(
            'Person-years with health or social care education: ',
            cast(with_health_education as string),
            ' per 1,000 inhabitants.'
        ) as text_en
    from country

    union all

    select
        year,
        'carried_forward' as sentence_code,
        3 as sort_order,
        concat(
            'Årsverk er videreført fra et tidligere år for ',
            cast(n_carried as string),
            ' av ',
            cast(n_units as string),
            ' enheter, helt eller delvis.'
        ) as text_nb,
        concat(
            'Person-years are carried forward from an earlier year for ',
            cast(n_carried as string),
            ' of ',
            cast(n_units as string),
            ' units, wholly or partly.'
        ) as text_en
    from carried

    union all

    select
        year,
        'provenance' as sentence_code,
        4 as sort_order,
        provenance_nb as text_nb,
        provenance_en as text_en
    from years
    where provenance_nb is not null

)

select * from final
