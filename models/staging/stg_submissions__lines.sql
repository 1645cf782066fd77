-- Every service line of every submission, in the project's own terms.
-- One row per raw row: nothing is left out, put together or corrected here.
{% set editions = var('form_editions') %}
{% set ns = namespace(cells=[]) %}
{% for form in editions.values() %}
    {% set ns.cells = ns.cells + form_cells(form) %}
{% endfor %}

with

received as (
    {% for edition, form in editions.items() %}
        {% set outer_loop = loop %}
        {% for year in form['years'] %}
            select
                cast({{ year }} as integer) as year,
                '{{ edition }}' as form_edition,
                coalesce(innsending_id, '') as submission_id,
                coalesce(enhet, '') as reporting_unit_code,
                coalesce(mottatt, '') as received_text,
                coalesce(del, '') as part_label,
                coalesce(tjeneste, '') as service_label,
                {% for cell in ns.cells %}
                    {% if cell in form_cells(form, year) %}
                        cast({{ cell }} as string) as {{ cell }},
                    {% else %}
                        cast(null as string) as {{ cell }},
                    {% endif %}
                {% endfor %}
                {% if form.get('own_sum') %}
                    cast({{ form['own_sum'] }} as string) as own_sum_text,
                {% else %}
                    cast(null as string) as own_sum_text,
                {% endif %}
                merknad as remark
            from {{ received_rows('submissions_' ~ year) }}
            {{ "union all" if not (loop.last and outer_loop.last) }}
        {% endfor %}
    {% endfor %}
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
            received.form_edition = services.form_edition
            and target_groups.target_group = services.target_group
            and {{ normalised_label("received.service_label") }}
            = {{ normalised_label("services.label") }}

)

select * from final
