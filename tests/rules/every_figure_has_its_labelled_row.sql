-- The labelled views neither lose nor double a row, and no label is empty.

with

counted as (

    select
        'indicator' as labelled_view,
        (select count(*) from {{ ref('fct_indicator') }}) as n_rows,
        count(*) as n_labelled,
        count(region_nb) as n_regions,
        count(measure_en) as n_last_labels
    from {{ ref('labelled_indicator') }}
    union all
    select
        'person_years' as labelled_view,
        (select count(*) from {{ ref('fct_fte') }}) as n_rows,
        count(*) as n_labelled,
        count(region_nb) as n_regions,
        count(education_en) as n_last_labels
    from {{ ref('labelled_person_years') }}

)

select *
from counted
where
    n_rows != n_labelled
    or n_labelled != n_regions
    or n_labelled != n_last_labels
