-- The units of a region in its newest year, and what their figures rest on.
-- One row per municipality or district, reporting unit and target group.

with

responses as (

    select * from {{ ref('fct_response') }}

),

units_of_regions as (

    select * from {{ ref('bridge_region_unit') }}

),

target_groups as (

    select * from {{ ref('dim_target_group') }}

),

newest_years as (

    select * from {{ ref('page_newest_years') }}

),

final as (

    select
        units_of_regions.region_key,
        responses.year,
        responses.reporting_unit_code,
        responses.reporting_unit_name,
        responses.unit_kind,
        target_groups.name_nb as part_nb,
        target_groups.name_en as part_en,
        target_groups.sort_order,
        responses.target_group,
        responses.status,
        responses.source_year,
        responses.submission_id,
        {{ rounded_figure("responses.fte", 1) }} as fte,
        {{ rounded_ratio("units_of_regions.share", "1", 100, 1) }} as share_pct,
        units_of_regions.share < 1 as is_a_share
    from responses
    inner join units_of_regions
        on
            responses.year = units_of_regions.year
            and responses.reporting_unit_code
            = units_of_regions.reporting_unit_code
    inner join target_groups
        on responses.target_group = target_groups.target_group
    inner join newest_years
        on
            units_of_regions.region_key = newest_years.region_key
            and units_of_regions.year = newest_years.year
    where units_of_regions.region_level in ('municipality', 'district')

)

select * from final
