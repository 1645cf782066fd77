{#
    dbt's own tests select one column only, which says nothing of whose row it is:
    here they select all of it.
#}
{% macro default__test_not_null(model, column_name) %}

select *
from {{ model }}
where {{ column_name }} is null

{% endmacro %}
