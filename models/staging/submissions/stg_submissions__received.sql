-- Every row of every file of submissions, one file under the other.
-- One row per raw row, with the columns of all form editions.
{% set ns = namespace(cells=[]) %}
{% for form in var('form_editions').values() %}
    {% set ns.cells = ns.cells + form_cells(form) %}
{% endfor %}

with

final as (
    {% for of in collected_years() %}
        select
            cast({{ of.year }} as integer) as year,
            '{{ of.edition }}' as form_edition,
            coalesce(innsending_id, '') as submission_id,
            coalesce(enhet, '') as reporting_unit_code,
            coalesce(mottatt, '') as received_text,
            coalesce(del, '') as part_label,
            coalesce(tjeneste, '') as service_label,
            {% for cell in ns.cells %}
                {% if cell in form_cells(of.form, of.year) %}
                    cast({{ cell }} as string) as {{ cell }},
                {% else %}
                    cast(null as string) as {{ cell }},
                {% endif %}
            {% endfor %}
            {% if of.form.get('own_sum') %}
                cast({{ of.form['own_sum'] }} as string) as own_sum_text,
            {% else %}
                cast(null as string) as own_sum_text,
            {% endif %}
            merknad as remark
        from {{ received_rows('submissions_' ~ of.year) }}
        {{ "union all" if not loop.last }}
    {% endfor %}
)

select * from final
