{# The columns of a mart's primary key, as its description declares them. #}
{% macro primary_key(mart) -%}
    {%- set columns = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values()
            if node.unique_id == 'model.arsverk.' ~ mart -%}
            {%- for constraint in node.constraints
                if constraint['type'] == 'primary_key' -%}
                {%- do columns.extend(constraint['columns']) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{%- endmacro %}
