-- The years that only the newer of two files has.
-- One row per series and year.
select
    new_values.series_code,
    new_values.year,
    count(*) as n
from new_published_values as new_values
left join old_published_values as old_values
    on
        new_values.series_code = old_values.series_code
        and new_values.year = old_values.year
where old_values.year is null
group by new_values.series_code, new_values.year
order by new_values.year
