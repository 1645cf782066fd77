-- A region's figures in words: the titles of its charts, and its status.
-- One row per year, region and sentence.

with

sentences as (

    select * from {{ ref('pub_region_sentences__status') }}
    union all
    select * from {{ ref('pub_region_sentences__rates') }}
    union all
    select * from {{ ref('pub_region_sentences__person_years') }}

),

years as (

    select * from {{ ref('dim_year') }}

),

regions as (

    select * from {{ ref('dim_region') }}

),

final as (

    select
        years.series_code,
        sentences.year,
        sentences.region_level,
        sentences.region_code,
        regions.region_key,
        sentences.sentence_code,
        sentences.text_nb,
        sentences.text_en,
        years.is_reconstruction
    from sentences
    inner join years
        on sentences.year = years.year
    left join regions
        on
            sentences.region_level = regions.region_level
            and sentences.region_code = regions.region_code

)

select * from final
