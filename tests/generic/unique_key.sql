{#
    The columns are a key: none is empty, and no combination stands twice.
    One test where `unique` and `not_null` on every column would be many.
#}
{% test unique_key(model, columns, column_name=none) %}

select
    {{ columns | join(", ") }},
    count(*) as n_rows
from {{ model }}
group by {{ columns | join(", ") }}
having
    count(*) > 1
    {% for column in columns %}
        or {{ column }} is null
    {% endfor %}

{% endtest %}
