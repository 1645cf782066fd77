-- Why published values differ from the newest release.
-- One row per changed value and reason.

with

compared as (

    select * from {{ ref('int_revisions__compared') }}

),

units as (

    select * from {{ ref('int_revisions__units') }}

),

units_of_regions as (

    select * from {{ ref('int_regions__units') }}

),

files as (

    select * from {{ ref('stg_inputs__files') }}

),

inputs_of_releases as (

    select * from {{ ref('stg_releases__inputs') }}

),

releases as (

    select * from {{ ref('stg_releases__releases') }}

),

newest_release as (

    select max_by(release_version, release_number) as release_version
    from releases

),

released_files as (

    select
        inputs_of_releases.file,
        inputs_of_releases.sha256
    from inputs_of_releases
    inner join newest_release
        on inputs_of_releases.release_version = newest_release.release_version

),

replaced_files as (

    select coalesce(files.file, released_files.file) as input_file
    from files
    full outer join released_files
        on files.file = released_files.file
    where files.sha256 is distinct from released_files.sha256

),

replaced as (

    -- Lists that say which units and municipalities a region is made of, and
    -- those of inhabitants, which make the groups by size.
    select
        coalesce(
            bool_or(
                input_file in (
                    'seeds/reference/centrality.csv',
                    'seeds/reference/counties.csv',
                    'seeds/reference/districts.csv',
                    'seeds/reference/health_regions.csv',
                    'seeds/reference/kostra_groups.csv',
                    'seeds/reference/municipalities.csv',
                    'seeds/reference/municipality_changes.csv',
                    'seeds/reference/municipality_correspondence.csv'
                )
            ),
            false
        ) as has_new_structure,
        coalesce(
            bool_or(
                input_file in (
                    'seeds/reference/population.csv',
                    'seeds/reference/size_groups.csv'
                )
            ),
            false
        ) as has_new_sizes
    from replaced_files

),

by_unit as (

    select
        compared.value_key,
        units.reason_code
    from compared
    inner join units_of_regions
        on
            compared.year = units_of_regions.year
            and compared.region_level = units_of_regions.region_level
            and compared.region_code = units_of_regions.region_code
    inner join units
        on
            units_of_regions.year = units.year
            and units_of_regions.reporting_unit_code
            = units.reporting_unit_code
            and compared.target_group in (units.target_group, 'all')
    group by compared.value_key, units.reason_code

),

known as (

    select
        value_key,
        reason_code
    from by_unit
    union all
    select
        value_key,
        'correspondence' as reason_code
    from compared
    where has_new_population

),

final as (

    select
        value_key,
        reason_code
    from known
    union all
    -- What is left is not about a unit.
    select
        compared.value_key,
        case
            when replaced.has_new_structure then 'correspondence'
            when
                replaced.has_new_sizes
                and compared.region_level = 'size_group'
                then 'correspondence'
            else 'method'
        end as reason_code
    from compared
    cross join replaced
    left join known
        on compared.value_key = known.value_key
    where known.value_key is null

)

select * from final
