-- What a form shows of the year before: cells, and their sums.
-- One row per year, reporting unit, target group, service (or none: all)
-- and education (or none).

with

cells as (

    select * from {{ ref('fct_form_comparison') }}

),

final as (

    {% for service, education in [
        ("service_code", "education_code"),
        ("service_code", "null"),
        ("null", "education_code"),
        ("null", "null"),
    ] %}
        select
            year,
            reporting_unit_code,
            target_group,
            cast({{ service }} as string) as service_code,
            cast({{ education }} as string) as education_code,
            cast({{ rounded_figure("sum(fte_before)", 2) }} as double) as fte,
            bool_or(is_carried_before) as is_carried
        from cells
        group by
            year,
            reporting_unit_code,
            target_group,
            cast({{ service }} as string),
            cast({{ education }} as string)
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from final
