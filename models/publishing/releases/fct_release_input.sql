-- What each release was made from, with checksums.
-- One row per release and input file.

with

files as (

    select * from {{ ref('stg_inputs__files') }}

),

inputs_of_releases as (

    select * from {{ ref('stg_releases__inputs') }}

),

final as (

    select
        release_version,
        file,
        kind,
        sha256,
        n_bytes
    from inputs_of_releases
    union all
    select
        cast('{{ var("release_version") }}' as {{ dbt.type_string() }})
            as release_version,
        file,
        case
            when
                substring(file, 1, 18) = 'seeds/submissions/'
                or substring(file, 1, 9) = 'received/'
                then 'submissions'
            else 'reference'
        end as kind,
        sha256,
        n_bytes
    from files

)

select * from final
