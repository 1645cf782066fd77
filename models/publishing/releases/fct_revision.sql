-- Published values that differ from the release before.
-- One row per release and changed value.

with

changed_values as (

    select * from {{ ref('pub_revisions__values') }}

),

reasons_of_values as (

    select * from {{ ref('pub_revisions__reasons') }}

),

reasons as (

    select * from {{ ref('revision_reasons') }}

),

revisions_of_releases as (

    select * from {{ ref('stg_releases__revisions') }}

),

releases as (

    select * from {{ ref('dim_release') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

measures as (

    select * from {{ ref('dim_measure') }}

),

this_release as (

    select *
    from releases
    where release_version = '{{ var("release_version") }}'

),

in_words as (

    select
        reasons_of_values.value_key,
        {{ joined_text(
            "reasons.reason_code", ", ", "reasons.sort_order"
        ) }} as reason,
        {{ joined_text("reasons.name_nb", ", ", "reasons.sort_order") }}
            as reason_nb,
        {{ joined_text("reasons.name_en", ", ", "reasons.sort_order") }}
            as reason_en
    from reasons_of_values
    inner join reasons
        on reasons_of_values.reason_code = reasons.reason_code
    group by reasons_of_values.value_key

),

all_revisions as (

    select
        release_before,
        release_after,
        value_key,
        series_code,
        year,
        region_level,
        region_code,
        region_name,
        target_group,
        measure_code,
        category_code,
        figure_code,
        kind,
        old_value,
        new_value,
        difference,
        old_obs_status,
        new_obs_status,
        reason,
        reason_nb,
        reason_en,
        is_reconstruction
    from revisions_of_releases
    union all
    select
        this_release.previous_version as release_before,
        this_release.release_version as release_after,
        changed_values.value_key,
        changed_values.series_code,
        changed_values.year,
        changed_values.region_level,
        changed_values.region_code,
        regions.region_name,
        changed_values.target_group,
        changed_values.measure_code,
        changed_values.category_code,
        changed_values.figure_code,
        changed_values.kind,
        changed_values.old_value,
        changed_values.new_value,
        cast(
            changed_values.new_value - changed_values.old_value
            as decimal(18, 8)
        )
            as difference,
        changed_values.old_obs_status,
        changed_values.new_obs_status,
        in_words.reason,
        in_words.reason_nb,
        in_words.reason_en,
        -- A year that is no longer collected is as it was labelled then.
        coalesce(years.is_reconstruction, this_release.is_reconstruction)
            as is_reconstruction
    from changed_values
    cross join this_release
    left join in_words
        on changed_values.value_key = in_words.value_key
    left join years
        on changed_values.year = years.year
    left join regions
        on
            changed_values.region_level = regions.region_level
            and changed_values.region_code = regions.region_code

),

final as (

    -- Keys into this release: empty for what it no longer has.
    select
        all_revisions.release_before,
        all_revisions.release_after,
        all_revisions.value_key,
        all_revisions.series_code,
        all_revisions.year,
        all_revisions.region_level,
        all_revisions.region_code,
        regions.region_key,
        all_revisions.region_name,
        all_revisions.target_group,
        all_revisions.measure_code,
        measures.measure_key,
        all_revisions.category_code,
        all_revisions.figure_code,
        all_revisions.kind,
        all_revisions.old_value,
        all_revisions.new_value,
        all_revisions.difference,
        all_revisions.old_obs_status,
        all_revisions.new_obs_status,
        all_revisions.reason,
        all_revisions.reason_nb,
        all_revisions.reason_en,
        all_revisions.is_reconstruction
    from all_revisions
    left join regions
        on
            all_revisions.region_level = regions.region_level
            and all_revisions.region_code = regions.region_code
    left join measures
        on
            all_revisions.series_code = measures.series_code
            and all_revisions.measure_code = measures.measure_code

)

select * from final
