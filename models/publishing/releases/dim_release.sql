-- The releases: this one, and all before it.
-- One row per release.

with

releases as (

    select * from {{ ref('stg_releases__releases') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

last_release as (

    select
        coalesce(max(release_number), 0) as release_number,
        max_by(release_version, release_number) as release_version
    from releases

),

this_release as (

    select
        cast('{{ var("release_version") }}' as {{ dbt.type_string() }})
            as release_version,
        cast(
            {{ "'" ~ var("release_date") ~ "'" if var("release_date")
                else "null" }} as date
        ) as released_on,
        cast(
            {{ "'" ~ var("code_commit") ~ "'" if var("code_commit")
                else "null" }} as {{ dbt.type_string() }}
        ) as code_commit,
        {{ text_literal(settings_of_the_build()) }} as settings_json,
        min(year) as first_year,
        max(year) as last_year,
        bool_or(is_reconstruction) as is_reconstruction
    from years

),

final as (

    select
        release_version,
        release_number,
        released_on,
        code_commit,
        settings_json,
        previous_version,
        first_year,
        last_year,
        is_reconstruction
    from releases
    union all
    select
        this_release.release_version,
        last_release.release_number + 1 as release_number,
        this_release.released_on,
        this_release.code_commit,
        this_release.settings_json,
        last_release.release_version as previous_version,
        this_release.first_year,
        this_release.last_year,
        this_release.is_reconstruction
    from this_release
    cross join last_release

)

select * from final
