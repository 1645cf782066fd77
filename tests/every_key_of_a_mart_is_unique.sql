-- No key of a mart stands twice or is empty, also where no engine holds it.
{% set marts = [
    "bridge_region_series",
    "bridge_region_unit",
    "dim_answer",
    "dim_contact",
    "dim_education",
    "dim_measure",
    "dim_obs_status",
    "dim_question",
    "dim_region",
    "dim_release",
    "dim_series",
    "dim_service",
    "dim_target_group",
    "dim_year",
    "fct_answer_share",
    "fct_collection_quality",
    "fct_collection_status",
    "fct_comparison",
    "fct_composition",
    "fct_contact_list",
    "fct_form_comparison",
    "fct_fte",
    "fct_imputation_range",
    "fct_indicator",
    "fct_key_figure",
    "fct_reconciliation",
    "fct_region_sentence",
    "fct_release_input",
    "fct_response",
    "fct_review",
    "fct_revision",
    "fct_sentence",
    "fct_submission",
    "fct_submission_issue",
    "fct_unit_figure",
    "indicator_wide",
] %}

with

{% for mart in marts %}
    {{ mart }} as (

        select * from {{ ref(mart) }}

    ),

{% endfor %}
wrong as (

    {% for mart in marts %}
        {% set key = primary_key(mart) or ["1"] %}
        select
            '{{ mart }}' as mart,
            concat_ws(
                '|',
                {% for column in key %}
                    cast({{ column }} as string){{ "," if not loop.last }}
                {% endfor %}
            ) as key_values,
            count(*) as n_rows
        from {{ mart }}
        group by {{ key | join(", ") }}
        having
            count(*) > 1
            {% for column in key if column != "1" %}
                or {{ column }} is null
            {% endfor %}
        {{ "union all" if not loop.last }}
    {% endfor %}

)

select *
from wrong
