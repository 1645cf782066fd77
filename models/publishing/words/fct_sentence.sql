-- The result in words, as the yearly report and the indicator's page put it.
-- One row per year and sentence.
{% set sections = ["result", "person_years", "questions", "notes"] %}

with

sentences as (

    {% for section in sections %}
        select
            year,
            sentence_code,
            text_nb,
            text_en
        from {{ ref('pub_sentences__' ~ section) }}
        {{ "union all" if not loop.last }}
    {% endfor %}

),

places as (

    select
        sentence_code,
        section,
        sort_order
    from {{ ref('sentences') }}
    where sentence_code != ''
    group by sentence_code, section, sort_order

),

years as (

    select * from {{ ref('dim_year') }}

),

answers as (

    select
        year,
        bool_or(is_reconstruction) as is_reconstruction
    from {{ ref('fct_answer_share') }}
    group by year

),

final as (

    select
        sentences.year,
        sentences.sentence_code,
        places.section,
        places.sort_order,
        sentences.text_nb,
        sentences.text_en,
        case
            when places.section = 'questions' then answers.is_reconstruction
            else years.is_reconstruction
        end as is_reconstruction
    from sentences
    left join places
        on sentences.sentence_code = places.sentence_code
    inner join years
        on sentences.year = years.year
    left join answers
        on sentences.year = answers.year

)

select * from final
