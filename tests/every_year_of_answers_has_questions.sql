-- R28: a file of answers of a year in which nothing is asked would be refused
-- whole, answer by answer.

with

questions as (

    select * from {{ ref('questions') }}

),

years as (
    {% for year in answer_years() %}
        select cast({{ year }} as integer) as year
        {{ "union all" if not loop.last }}
    {% endfor %}
    {% if not answer_years() %}
        select first_year as year
        from questions
        where 1 = 0
    {% endif %}
)

select years.year
from years
left join questions
    on
        years.year >= questions.first_year
        and years.year <= coalesce(questions.last_year, years.year)
where questions.question_code is null
