-- A placeholder of seeds/texts/sentences.csv that no query fills would be
-- read by everybody.

with

sentences as (

    select * from {{ ref('fct_sentence') }}

),

region_sentences as (

    select * from {{ ref('fct_region_sentence') }}

),

comparisons as (

    select * from {{ ref('fct_comparison') }}

),

contacts as (

    select * from {{ ref('fct_contact_list') }}

),

texts as (

    select
        text_nb,
        text_en
    from sentences
    union all
    select
        text_nb,
        text_en
    from region_sentences
    union all
    select
        text_nb,
        text_en
    from comparisons
    union all
    select
        reason_nb as text_nb,
        reason_en as text_en
    from contacts

)

select
    text_nb,
    text_en
from texts
where
    {{ matches("text_nb", ".*[{][a-z_]+[}].*") }}
    or {{ matches("text_en", ".*[{][a-z_]+[}].*") }}
