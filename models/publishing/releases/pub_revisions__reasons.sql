-- Why published values differ from the newest release.
-- One row per changed value and reason.

with

changed_values as (

    select * from {{ ref('pub_revisions__values') }}

),

units as (

    select * from {{ ref('pub_revisions__reasons_by_unit') }}

),

units_of_regions as (

    select * from {{ ref('bridge_region_unit') }}

),

released_units_of_regions as (

    select * from {{ ref('stg_releases__region_units') }}

),

members as (

    select * from {{ ref('int_regions__municipalities') }}

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

moved_units as (

    select
        coalesce(
            units_of_regions.year, released_units_of_regions.year
        ) as year,
        coalesce(
            units_of_regions.region_level,
            released_units_of_regions.region_level
        ) as region_level,
        coalesce(
            units_of_regions.region_code,
            released_units_of_regions.region_code
        ) as region_code
    from units_of_regions
    full outer join released_units_of_regions
        on
            units_of_regions.year = released_units_of_regions.year
            and units_of_regions.region_level
            = released_units_of_regions.region_level
            and units_of_regions.region_code
            = released_units_of_regions.region_code
            and units_of_regions.reporting_unit_code
            = released_units_of_regions.reporting_unit_code
    where
        units_of_regions.share is distinct from released_units_of_regions.share

),

restructured as (

    -- Regions that are made of other units, or of other shares of them.
    select
        year,
        region_level,
        region_code
    from moved_units
    group by year, region_level, region_code

),

by_population_or_structure as (

    select
        value_key,
        'correspondence' as reason_code
    from changed_values
    where has_new_population
    union all
    select
        changed_values.value_key,
        'correspondence' as reason_code
    from changed_values
    inner join restructured
        on
            changed_values.year = restructured.year
            and changed_values.region_level = restructured.region_level
            and changed_values.region_code = restructured.region_code
    -- A region that is new, or no longer shown, is not restructured.
    where changed_values.kind = 'changed'

),

small_values as (

    select *
    from changed_values
    where
        region_level in ('municipality', 'district')
        and figure_code != 'share'

),

small_reasons as (

    select
        small_values.value_key,
        units.reason_code
    from small_values
    inner join units_of_regions
        on
            small_values.year = units_of_regions.year
            and small_values.region_level = units_of_regions.region_level
            and small_values.region_code = units_of_regions.region_code
    inner join units
        on
            units_of_regions.year = units.year
            and units_of_regions.reporting_unit_code
            = units.reporting_unit_code
            and small_values.target_group in (units.target_group, 'all')
    union all
    select
        value_key,
        reason_code
    from by_population_or_structure

),

explained_small_values as (

    select
        small_values.year,
        small_values.region_level,
        small_values.region_code,
        small_values.part_key,
        small_values.figure_code,
        small_values.value_key,
        coalesce(small_reasons.reason_code, 'method') as reason_code
    from small_values
    left join small_reasons
        on small_values.value_key = small_reasons.value_key

),

large_values as (

    select *
    from changed_values
    where
        region_level not in ('municipality', 'district')
        and figure_code != 'share'

),

large_reasons as (

    -- A larger region has the reasons of its members.
    select
        large_values.value_key,
        explained_small_values.reason_code
    from large_values
    inner join members
        on
            large_values.year = members.year
            and large_values.region_level = members.region_level
            and large_values.region_code = members.region_code
    inner join explained_small_values
        on
            members.year = explained_small_values.year
            and members.municipality_code = explained_small_values.region_code
            and large_values.part_key = explained_small_values.part_key
    where
        explained_small_values.region_level = 'municipality'
        and explained_small_values.figure_code = 'fte'
    union all
    select
        value_key,
        reason_code
    from by_population_or_structure

),

-- A year's answers are in a seed, or in files that were received instead.
years_of_replaced_answers as (

    select changed_values.year
    from changed_values
    inner join replaced_files
        on
            replaced_files.input_file
            like concat('seeds/submissions/answers_', changed_values.year, '.%')
            or replaced_files.input_file
            like concat('received/answers_', changed_values.year, '/%')
    group by changed_values.year

),

shares_of_answers as (

    select
        changed_values.value_key,
        case
            when
                answer_files.year is not null
                then 'resubmission'
            when population_files.input_file is not null then 'correspondence'
            else 'method'
        end as reason_code
    from changed_values
    left join years_of_replaced_answers as answer_files
        on changed_values.year = answer_files.year
    left join replaced_files as population_files
        on population_files.input_file = 'seeds/reference/population.csv'
    where changed_values.figure_code = 'share'

),

all_reasons as (

    select
        value_key,
        reason_code
    from explained_small_values
    union all
    select
        large_values.value_key,
        coalesce(large_reasons.reason_code, 'method') as reason_code
    from large_values
    left join large_reasons
        on large_values.value_key = large_reasons.value_key
    union all
    select
        value_key,
        reason_code
    from shares_of_answers

),

final as (

    select
        value_key,
        reason_code
    from all_reasons
    group by value_key, reason_code

)

select * from final
