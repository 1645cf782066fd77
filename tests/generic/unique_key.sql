{#
    The columns are a key: none is empty, and no combination stands twice. Without
    columns: those of the primary key that the model's description declares, which
    not every engine holds. One test where `unique` and `not_null` on every column
    would be many.
#}
{% test unique_key(model, columns=none, column_name=none) %}

{% set key = columns or primary_key(model.identifier) or ["1"] %}
select
    {{ key | join(", ") }},
    count(*) as n_rows
from {{ model }}
group by {{ key | join(", ") }}
having
    count(*) > 1
    {% for column in key if column != "1" %}
        or {{ column }} is null
    {% endfor %}

{% endtest %}
