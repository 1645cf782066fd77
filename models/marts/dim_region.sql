-- Every region that a figure is given for, with its groups.
-- One row per region level and region code.

with

municipalities as (

    select * from {{ ref('int_municipalities__moved') }}

),

reporting_units as (

    select * from {{ ref('int_reporting_units') }}

),

counties as (

    select * from {{ ref('counties') }}

),

kostra_groups as (

    select * from {{ ref('kostra_group_definitions') }}

),

size_groups as (

    select * from {{ ref('size_groups') }}

),

centrality_classes as (

    select * from {{ ref('centrality_classes') }}

),

health_regions as (

    select * from {{ ref('health_regions') }}

),

regions as (

    select
        'country' as region_level,
        '0' as region_code,
        'Norge' as name_nb,
        'Norway' as name_en,
        cast(null as string) as municipality_code,
        cast(null as string) as county_code,
        cast(null as string) as health_region_code,
        cast(null as string) as kostra_group_code,
        cast(null as string) as centrality_class_code

    union all

    select
        'county' as region_level,
        counties.county_code as region_code,
        counties.county_name as name_nb,
        counties.county_name as name_en,
        cast(null as string) as municipality_code,
        counties.county_code,
        counties.health_region_code,
        cast(null as string) as kostra_group_code,
        cast(null as string) as centrality_class_code
    from counties
    inner join municipalities
        on counties.county_code = municipalities.county_code
    group by
        counties.county_code,
        counties.county_name,
        counties.health_region_code

    union all

    -- A municipality's groups are those of the newest series that it is in.
    select
        'municipality' as region_level,
        municipality_code as region_code,
        municipality_name as name_nb,
        municipality_name as name_en,
        municipality_code,
        county_code,
        health_region_code,
        kostra_group_code,
        centrality_class_code
    from municipalities
    qualify
        row_number() over (partition by municipality_code order by year desc)
        = 1

    union all

    select
        'district' as region_level,
        reporting_unit_code as region_code,
        reporting_unit_name as name_nb,
        reporting_unit_name as name_en,
        municipality_code,
        substring(municipality_code, 1, 2) as county_code,
        cast(null as string) as health_region_code,
        cast(null as string) as kostra_group_code,
        cast(null as string) as centrality_class_code
    from reporting_units
    where unit_kind = 'district'
    group by reporting_unit_code, reporting_unit_name, municipality_code

    union all

    select
        'kostra_group' as region_level,
        kostra_group_code as region_code,
        name_nb,
        name_en,
        cast(null as string) as municipality_code,
        cast(null as string) as county_code,
        cast(null as string) as health_region_code,
        kostra_group_code,
        cast(null as string) as centrality_class_code
    from kostra_groups

    union all

    select
        'size_group' as region_level,
        size_group_code as region_code,
        name_nb,
        name_en,
        cast(null as string) as municipality_code,
        cast(null as string) as county_code,
        cast(null as string) as health_region_code,
        cast(null as string) as kostra_group_code,
        cast(null as string) as centrality_class_code
    from size_groups

    union all

    select
        'centrality' as region_level,
        centrality_class_code as region_code,
        name_nb,
        name_en,
        cast(null as string) as municipality_code,
        cast(null as string) as county_code,
        cast(null as string) as health_region_code,
        cast(null as string) as kostra_group_code,
        centrality_class_code
    from centrality_classes

    union all

    select
        'health_region' as region_level,
        health_region_code as region_code,
        name_nb,
        name_en,
        cast(null as string) as municipality_code,
        cast(null as string) as county_code,
        health_region_code,
        cast(null as string) as kostra_group_code,
        cast(null as string) as centrality_class_code
    from health_regions

),

final as (

    select
        concat(region_level, ':', region_code) as region_key,
        region_level,
        region_code,
        name_nb as region_name,
        name_nb,
        name_en,
        municipality_code,
        county_code,
        health_region_code,
        kostra_group_code,
        centrality_class_code
    from regions

)

select * from final
