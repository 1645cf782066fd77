select
    series_code,
    year,
    region_level,
    figure_code,
    count(*) as n,
    cast(avg(abs(difference)) as decimal(18, 2)) as mean_difference,
    cast(max(abs(difference)) as decimal(18, 2)) as largest_difference,
    array_to_string(
        list_sort(list_distinct(flatten(
            list(string_split(reason, ', ')) filter (reason is not null)
        ))),
        ', '
    ) as reasons
from changed
group by series_code, year, region_level, figure_code
order by
    series_code,
    year,
    region_level,
    list_position(['per_1000', 'share', 'fte'], figure_code)
