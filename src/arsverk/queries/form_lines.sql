-- The service lines of a form edition, those in scope first, in the order of
-- the seed.
-- One row per target group and service label.
with

services as (

    select
        *,
        row_number() over () as place
    from seeds.services

)

select
    services.target_group,
    services.label,
    services.service_code,
    services.in_scope = 'true' as in_scope,
    service_names.name_en
from services
inner join seeds.service_names as service_names
    on services.service_code = service_names.service_code
where services.form_edition = $1
order by services.in_scope = 'true' desc, services.place asc
