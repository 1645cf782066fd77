{#
    Every key leads to a row; one that may be empty leads nowhere when a column
    of it is. A release declares what stands here as foreign keys
    (src/arsverk/release.py).
#}
{% test foreign_keys(model, keys, column_name=none) %}

{% for key in keys %}
    {% set columns = key['columns'] %}
    {% set to_columns = key.get('to_columns', columns) %}
    select
        '{{ columns | join(", ") }}' as key_columns,
        cast(concat_ws(
            ', '
            {%- for column in columns -%}
                , cast(own.{{ column }} as {{ dbt.type_string() }})
            {%- endfor -%}
        ) as {{ dbt.type_string() }}) as lost_key
    from {{ model }} as own
    left join {{ key['to'] }} as referred
        on
            {% for column in columns %}
                own.{{ column }} = referred.{{ to_columns[loop.index0] }}
                {{ "and" if not loop.last }}
            {% endfor %}
    where
        referred.{{ to_columns[0] }} is null
        {% for column in columns if key.get('may_be_empty') %}
            and own.{{ column }} is not null
        {% endfor %}
    {{ "union all" if not loop.last }}
{% endfor %}

{% endtest %}
