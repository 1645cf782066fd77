-- R9: total ≥ health upper secondary or higher ≥ higher education ≥ with
-- further training, in person-years, for every region and year.

with

wide as (

    select * from {{ ref('indicator_wide') }}

)

select
    year,
    region_level,
    region_code
from wide
where
    series_code = 'legacy'
    and (
        fte_total < fte_health_upper_secondary_or_higher
        or fte_health_upper_secondary_or_higher < fte_higher_education
        or fte_higher_education < fte_higher_education_with_further_training
    )
