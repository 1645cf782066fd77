-- The normalised services of both form editions; the project's own list.
-- One row per service.

with

service_names as (

    select * from {{ ref('service_names') }}

),

services as (

    select * from {{ ref('services') }}

),

scope as (

    select
        service_code,
        bool_or(in_scope) as in_scope
    from services
    group by service_code

),

final as (

    select
        service_names.service_code,
        service_names.name_nb,
        service_names.name_en,
        coalesce(scope.in_scope, false) as in_scope,
        service_names.sort_order
    from service_names
    left join scope
        on service_names.service_code = scope.service_code

)

select * from final
