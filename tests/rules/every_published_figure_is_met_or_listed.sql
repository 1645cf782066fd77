{{ config(meta={
    "what_to_do":
        "mend what the figure is computed from, or list it with its reason "
        ~ "in seeds/reference/published_exceptions.csv. A figure of a year "
        ~ "that is not collected any more, or whose forms are not all in, is "
        ~ "taken out of published_figures.csv or published_indicator.csv."
}) }}
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
