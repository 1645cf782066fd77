-- A difference from a published figure is either mended or listed with a
-- reason in published_exceptions; there is no third way.

with

reconciliation as (

    select * from {{ ref('fct_reconciliation') }}

)

select
    published_figure_key,
    published,
    computed,
    difference,
    tolerance,
    verdict
from reconciliation
where verdict not in ('equal', 'known_exception', 'not_compared')
