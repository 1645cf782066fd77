{#
    The numbers that R22 accepts, as one pattern: 3  3.5  3,5  ,5  .5
    1 250  1 250,25  1 250.25  1.250,25
#}
{# R22: what is read as a number; anything else is refused. #}
{% macro number_pattern() -%}
    {%- set space = "[" ~ spaces() ~ "]" -%}
    {{ return(
        "[0-9]+([.,][0-9]+)?"
        ~ "|[.,][0-9]+"
        ~ "|[0-9]{1,3}(" ~ space ~ "[0-9]{3})+([.,][0-9]+)?"
        ~ "|[0-9]{1,3}([.][0-9]{3})+,[0-9]+"
    ) }}
{%- endmacro %}
