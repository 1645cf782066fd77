-- The published values that differ between two files, and the newer one's
-- reasons; of years that both have.
-- One row per changed value.
create temp view changed as

with

old_values as (

    select * from old_published_values

),

new_values as (

    select * from new_published_values

),

years_of_both as (

    select
        series_code,
        year
    from old_values
    group by series_code, year

),

last_of_old as (

    select max_by(release_version, release_number) as release_version
    from old_dim_release

),

releases_since as (

    -- Without the older release among them: all.
    select new_dim_release.release_version
    from new_dim_release
    left join new_dim_release as known
        on
            known.release_version
            = (select last_of_old.release_version from last_of_old)
    where new_dim_release.release_number > coalesce(known.release_number, 0)

),

reasons as (

    select
        new_fct_revision.value_key,
        string_agg(
            distinct new_fct_revision.reason_en, ', '
            order by new_fct_revision.reason_en
        ) as reason
    from new_fct_revision
    inner join releases_since
        on new_fct_revision.release_after = releases_since.release_version
    group by new_fct_revision.value_key

),

final as (

    select
        coalesce(new_values.value_key, old_values.value_key) as value_key,
        coalesce(new_values.series_code, old_values.series_code) as series_code,
        coalesce(new_values.year, old_values.year) as year,
        coalesce(new_values.region_level, old_values.region_level)
            as region_level,
        coalesce(new_values.region_code, old_values.region_code) as region_code,
        coalesce(new_values.region_name, old_values.region_name) as region_name,
        coalesce(new_values.target_group, old_values.target_group)
            as target_group,
        coalesce(new_values.measure_code, old_values.measure_code)
            as measure_code,
        coalesce(new_values.category_code, old_values.category_code)
            as category_code,
        coalesce(new_values.figure_code, old_values.figure_code) as figure_code,
        old_values.figure as old_value,
        new_values.figure as new_value,
        new_values.figure - old_values.figure as difference,
        reasons.reason
    from new_values
    full join old_values
        on new_values.value_key = old_values.value_key
    left join reasons
        on
            coalesce(new_values.value_key, old_values.value_key)
            = reasons.value_key
    inner join years_of_both
        on
            coalesce(new_values.series_code, old_values.series_code)
            = years_of_both.series_code
            and coalesce(new_values.year, old_values.year) = years_of_both.year
    where new_values.figure is distinct from old_values.figure

)

select * from final
