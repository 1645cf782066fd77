-- Rates first, then the larger change; a value that came or went before all
-- others.
-- One row per changed value.
select
    year,
    region_level,
    region_code,
    region_name,
    target_group,
    coalesce(measure_code, category_code) as measure_code,
    figure_code,
    case
        when figure_code = 'per_1000'
            then cast(cast(old_value as decimal(18, 2)) as varchar)
        else cast(cast(old_value as decimal(18, 4)) as varchar)
    end as old_text,
    case
        when figure_code = 'per_1000'
            then cast(cast(new_value as decimal(18, 2)) as varchar)
        else cast(cast(new_value as decimal(18, 4)) as varchar)
    end as new_text,
    reason
from changed
order by
    list_position(['per_1000', 'share', 'fte'], figure_code) asc,
    measure_code is null asc,
    list_position(['country', 'county'], region_level) asc nulls last,
    abs(difference) desc nulls first,
    value_key asc
limit $1
