{{ config(meta={
    "what_to_do":
        "take one of the two out of seeds/reference/services.csv, or word "
        ~ "it in another way."
}) }}
-- R7: two labels that differ only in case or spaces would double the rows.

with

services as (

    select * from {{ ref('services') }}

)

select
    form_edition,
    target_group,
    {{ normalised_label("label") }} as normalised_label,
    count(*) as n_labels
from services
group by form_edition, target_group, {{ normalised_label("label") }}
having count(*) > 1
