-- The values that differ from the release before, as a release itself has them.
-- One row per changed value and reason.
create temp view changed as

with

newest as (

    select max_by(release_version, release_number) as release_version
    from marts.dim_release

)

select
    revisions.value_key,
    revisions.series_code,
    revisions.year,
    revisions.region_level,
    revisions.region_code,
    revisions.region_name,
    revisions.target_group,
    revisions.measure_code,
    revisions.category_code,
    revisions.figure_code,
    revisions.old_value,
    revisions.new_value,
    revisions.difference,
    revisions.reason
from marts.fct_revision as revisions
inner join newest
    on revisions.release_after = newest.release_version
where revisions.reason_en is not null
