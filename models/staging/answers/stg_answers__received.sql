-- Every row of every file of answers, one file under the other (R28).
-- One row per raw row.
{% set years = answer_years() %}

with

final as (
    {% for year in years %}
        select
            cast({{ year }} as integer) as year,
            coalesce(innsending_id, '') as submission_id,
            coalesce(enhet, '') as reporting_unit_code,
            coalesce(mottatt, '') as received_text,
            coalesce(sporsmal, '') as question_label,
            coalesce(svar, '') as answer_label,
            merknad as remark
        from {{ received_rows('answers_' ~ year) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
    {% if not years %}
        select
            cast(null as integer) as year,
            cast(null as string) as submission_id,
            cast(null as string) as reporting_unit_code,
            cast(null as string) as received_text,
            cast(null as string) as question_label,
            cast(null as string) as answer_label,
            cast(null as string) as remark
        from {{ ref('questions') }}
        where 1 = 0
    {% endif %}
)

select * from final
