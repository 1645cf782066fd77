{% macro refusal_of_var(name, meaning) %}
    {{ return(
        "The var " ~ name ~ " is '" ~ var(name) ~ "': write " ~ meaning
        ~ ", in dbt_project.yml or with --vars."
    ) }}
{% endmacro %}
