{% macro default__test_relationships(model, column_name, to, field) %}

with child as (
    select *
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select
    child.{{ column_name }} as lost_key,
    child.*
from child
left join parent
    on child.{{ column_name }} = parent.to_field
where parent.to_field is null

{% endmacro %}
