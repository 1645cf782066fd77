{{ config(meta={
    "what_to_do":
        "take these rows out of seeds/reference/published_exceptions.csv."
}) }}
-- An exception that no published figure needs is taken out of the list.

with

exceptions as (

    select * from {{ ref('published_exceptions') }}

),

reconciliation as (

    select * from {{ ref('fct_reconciliation') }}

)

select exceptions.exception_code
from exceptions
left join reconciliation
    on
        exceptions.exception_code = reconciliation.known_exception
        and reconciliation.verdict in ('known_exception', 'not_compared')
group by exceptions.exception_code
having count(reconciliation.published_figure_key) = 0
