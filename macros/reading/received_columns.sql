{#
    The columns of a file of submissions or answers: those of its form edition, or
    those of every form. None for a year that no var names.
#}
{% macro received_columns(name) %}
    {% if name.startswith('answers_') %}
        {% for year in answer_years() if name == 'answers_' ~ year %}
            {{ return([
                'innsending_id', 'enhet', 'mottatt', 'sporsmal', 'svar', 'merknad'
            ]) }}
        {% endfor %}
        {{ return(none) }}
    {% endif %}
    {% for of in collected_years() if name == 'submissions_' ~ of.year %}
        {{ return(
            ['innsending_id', 'enhet', 'mottatt', 'del', 'tjeneste']
            + form_cells(of.form, of.year)
            + ([of.form['own_sum']] if of.form.get('own_sum') else [])
            + ['merknad']
        ) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
