-- Which municipalities of the series make up a region (R16).
-- One row per year, region and municipality of the series' structure year.

with

municipalities as (

    select * from {{ ref('int_municipalities__inhabitants_and_groups') }}

),

final as (

    {% for level, code in [
        ("country", "'0'"),
        ("county", "county_code"),
        ("municipality", "municipality_code"),
        ("kostra_group", "kostra_group_code"),
        ("size_group", "size_group_code"),
        ("centrality", "centrality_class_code"),
        ("health_region", "health_region_code"),
    ] %}
        select
            year,
            -- R16: every level is made of the municipalities of the series.
            '{{ level }}' as region_level,
            {{ code }} as region_code,
            municipality_code,
            population
        from municipalities
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from final
