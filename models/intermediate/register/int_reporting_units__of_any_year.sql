-- Every unit that is in the register of any year, collected or not (R21).
-- One row per reporting unit.

with

municipalities as (

    select * from {{ ref('municipalities') }}

),

districts as (

    select * from {{ ref('districts') }}
    where is_reporting_unit

),

final as (

    select municipality_code as reporting_unit_code
    from municipalities
    group by municipality_code
    union all
    select district_code as reporting_unit_code
    from districts
    group by district_code

)

select * from final
