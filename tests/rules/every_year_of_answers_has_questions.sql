{{ config(meta={
    "what_to_do":
        "give questions in seeds/reference/questions.csv a first_year and a "
        ~ "last_year that include these years, or take the years out of the "
        ~ "var answer_years."
}) }}
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
