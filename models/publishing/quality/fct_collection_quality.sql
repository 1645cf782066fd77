-- How good a year's collection is, in the measures of European statistics.
-- One row per year, target group (or `all`) and quality measure.

with

counts as (

    select * from {{ ref('pub_quality__counts') }}

),

revisions as (

    select * from {{ ref('pub_quality__revisions') }}

),

quality_measures as (

    select * from {{ ref('quality_measures') }}

),

years as (

    select * from {{ ref('stg_collection_years') }}

),

years_so_far as (

    -- The years of the series up to this one, and those since its last break.
    select
        years.year,
        count(*) as n_years,
        max(case when earlier_years.is_break then earlier_years.year end)
            as last_break
    from years
    inner join years as earlier_years
        on
            years.series_code = earlier_years.series_code
            and years.year >= earlier_years.year
    group by years.year

),

values_of_measures as (

    {% for code, numerator, denominator in [
        ("unit_nonresponse_units", "n_unanswered", "n_parts"),
        ("unit_nonresponse_inhabitants", "population_unanswered", "population"),
        ("partial_response", "n_this_part_only", "n_units"),
        ("item_nonresponse", "n_items_unanswered", "n_items"),
        ("imputation_units", "n_carried", "n_with_value"),
        ("imputation_fte", "fte_carried", "fte"),
        ("completeness", "n_with_value", "n_parts"),
        ("fte_carried_forward", "fte_carried", none),
    ] %}
        select
            year,
            target_group,
            -- R26: every measure is a numerator and a denominator.
            '{{ code }}' as quality_measure_code,
            cast({{ numerator }} as decimal(18, 8)) as numerator,
            cast({{ denominator or "null" }} as decimal(18, 8)) as denominator
        from counts
        union all
    {% endfor %}
    select
        counts.year,
        counts.target_group,
        'comparable_years' as quality_measure_code,
        cast(years_so_far.n_years as decimal(18, 8)) as numerator,
        cast(null as decimal(18, 8)) as denominator
    from counts
    inner join years_so_far
        on counts.year = years_so_far.year
    union all
    select
        counts.year,
        counts.target_group,
        'years_since_break' as quality_measure_code,
        cast(
            coalesce(
                years_so_far.year - years_so_far.last_break + 1,
                years_so_far.n_years
            ) as decimal(18, 8)
        ) as numerator,
        cast(null as decimal(18, 8)) as denominator
    from counts
    inner join years_so_far
        on counts.year = years_so_far.year
    union all
    select
        year,
        target_group,
        'average_revision' as quality_measure_code,
        fte_revised as numerator,
        fte as denominator
    from revisions

),

final as (

    select
        counts.year,
        counts.target_group,
        quality_measures.quality_measure_code,
        quality_measures.ess_code,
        quality_measures.name_nb,
        quality_measures.name_en,
        quality_measures.definition_nb,
        quality_measures.definition_en,
        quality_measures.unit,
        values_of_measures.numerator,
        values_of_measures.denominator,
        case
            when quality_measures.unit = 'percent'
                then {{ rounded_ratio(
                    "values_of_measures.numerator",
                    "values_of_measures.denominator",
                    100,
                    4
                ) }}
            else {{ rounded_ratio("values_of_measures.numerator", "1", 1, 4) }}
        end as value,
        quality_measures.note_nb,
        quality_measures.note_en,
        quality_measures.sort_order
    from counts
    cross join quality_measures
    left join values_of_measures
        on
            counts.year = values_of_measures.year
            and counts.target_group = values_of_measures.target_group
            and quality_measures.quality_measure_code
            = values_of_measures.quality_measure_code

)

select * from final
