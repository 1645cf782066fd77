-- Every service line of every submission, in the project's own terms.
-- One row per raw row: nothing is left out, put together or corrected here.
{% set ns = namespace(cells=[]) %}
{% for form in var('form_editions').values() %}
    {% set ns.cells = ns.cells + form_cells(form) %}
{% endfor %}

with

received as (

    select * from {{ ref('stg_submissions__received') }}

),

target_groups as (

    select * from {{ ref('target_groups') }}

),

services as (

    select * from {{ ref('services') }}

),

final as (

    select
        received.year,
        received.form_edition,
        received.submission_id,
        received.reporting_unit_code,
        received.received_text,
        {{ time_of_receipt("received.received_text") }} as received_at,
        received.part_label,
        -- R2: a line belongs to a target group, or to none that is known.
        coalesce(target_groups.target_group, 'unknown') as target_group,
        received.service_label,
        {{ normalised_label("received.service_label") }}
            as normalised_service_label,
        services.service_code,
        services.in_scope,
        {% for cell in ns.cells %}
            received.{{ cell }},
        {% endfor %}
        received.own_sum_text,
        received.remark
    from received
    left join target_groups
        on received.part_label = target_groups.raw_label
    left join services
        on
            -- R7: a label is a service of its form edition and target group.
            received.form_edition = services.form_edition
            and target_groups.target_group = services.target_group
            and {{ normalised_label("received.service_label") }}
            = {{ normalised_label("services.label") }}

)

select * from final
