{#
    True, unless there is a message: then the statement stops with it. For a
    `where`, so that what is wrong can be told in full.
#}
{% macro stops_with(message) -%}
    {{ return(adapter.dispatch('stops_with')(message)) }}
{%- endmacro %}

{% macro default__stops_with(message) -%}
    case when {{ message }} is null then true else error({{ message }}) end
{%- endmacro %}

{% macro spark__stops_with(message) -%}
    case
        when {{ message }} is null then true
        else cast(raise_error({{ message }}) as boolean)
    end
{%- endmacro %}
