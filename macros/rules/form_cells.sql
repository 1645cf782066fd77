{#
    The person-years columns of a form edition (var form_editions): those that
    it has had from its first year, and those that were added later. With a
    year: only those on that year's form.
#}
{% macro form_cells(form, year=none) %}
    {% set cells = form['cells'] | list %}
    {% for cell, first_year in form.get('added_cells', {}).items() %}
        {% if year is none or year >= first_year %}
            {% do cells.append(cell) %}
        {% endif %}
    {% endfor %}
    {{ return(cells) }}
{% endmacro %}
