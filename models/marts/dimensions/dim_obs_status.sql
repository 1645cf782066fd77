-- The observation statuses in use, after SDMX CL_OBS_STATUS.
-- One row per status.

with

obs_statuses as (

    select * from {{ ref('obs_statuses') }}

),

final as (

    select
        obs_status,
        precedence,
        name_nb,
        name_en,
        description_nb,
        description_en
    from obs_statuses

)

select * from final
