-- Every region that a figure is given for, with its groups.
-- One row per region level and region code.

with

municipalities as (

    select * from {{ ref('int_municipalities__inhabitants_and_groups') }}

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

municipalities_now as (

    -- A municipality's groups are those of the newest series that it is in.
    select *
    from municipalities
    qualify
        row_number() over (partition by municipality_code order by year desc)
        = 1

),

counties_in_use as (

    select county_code
    from municipalities
    group by county_code

),

districts as (

    select
        reporting_unit_code as district_code,
        reporting_unit_name as district_name,
        municipality_code
    from reporting_units
    where unit_kind = 'district'
    group by reporting_unit_code, reporting_unit_name, municipality_code

),

named as (

    select
        'country' as region_level,
        '0' as region_code,
        'Norge' as name_nb,
        'Norway' as name_en
    union all
    select
        'county' as region_level,
        counties.county_code as region_code,
        counties.county_name as name_nb,
        counties.county_name as name_en
    from counties
    inner join counties_in_use
        on counties.county_code = counties_in_use.county_code
    union all
    select
        'municipality' as region_level,
        municipality_code as region_code,
        municipality_name as name_nb,
        municipality_name as name_en
    from municipalities_now
    union all
    select
        'district' as region_level,
        district_code as region_code,
        district_name as name_nb,
        district_name as name_en
    from districts
    union all
    select
        'kostra_group' as region_level,
        kostra_group_code as region_code,
        name_nb,
        name_en
    from kostra_groups
    union all
    select
        'size_group' as region_level,
        size_group_code as region_code,
        name_nb,
        name_en
    from size_groups
    union all
    select
        'centrality' as region_level,
        centrality_class_code as region_code,
        name_nb,
        name_en
    from centrality_classes
    union all
    select
        'health_region' as region_level,
        health_region_code as region_code,
        name_nb,
        name_en
    from health_regions

),

places as (

    -- Places stand in the alphabetical order of Norwegian, groups in their own.
    select
        named.region_level,
        named.region_code,
        cast(
            row_number() over (
                partition by named.region_level
                order by
                    case
                        when
                            named.region_level in (
                                'county',
                                'municipality',
                                'district',
                                'health_region'
                            )
                            then {{ norwegian_order("named.name_nb") }}
                    end,
                    size_groups.sort_order,
                    named.region_code
            ) as integer
        ) as sort_order
    from named
    left join size_groups
        on
            named.region_level = 'size_group'
            and named.region_code = size_groups.size_group_code

),

with_municipalities as (

    -- A district is in the groups of its municipality.
    select
        named.*,
        case
            when named.region_level = 'municipality' then named.region_code
            when named.region_level = 'district'
                then districts.municipality_code
        end as municipality_code
    from named
    left join districts
        on
            case when named.region_level = 'district' then named.region_code end
            = districts.district_code

),

final as (

    select
        concat(named.region_level, ':', named.region_code) as region_key,
        named.region_level,
        named.region_code,
        named.name_nb as region_name,
        named.name_nb,
        named.name_en,
        municipalities_now.municipality_code,
        case
            when named.region_level = 'county' then named.region_code
            else municipalities_now.county_code
        end as county_code,
        case
            when named.region_level = 'health_region' then named.region_code
            when named.region_level = 'county' then counties.health_region_code
            else municipalities_now.health_region_code
        end as health_region_code,
        case
            when named.region_level = 'kostra_group' then named.region_code
            else municipalities_now.kostra_group_code
        end as kostra_group_code,
        case
            when named.region_level = 'centrality' then named.region_code
            else municipalities_now.centrality_class_code
        end as centrality_class_code,
        places.sort_order
    from with_municipalities as named
    inner join places
        on
            named.region_level = places.region_level
            and named.region_code = places.region_code
    left join municipalities_now
        on named.municipality_code = municipalities_now.municipality_code
    left join counties
        on
            named.region_level = 'county'
            and named.region_code = counties.county_code

)

select * from final
