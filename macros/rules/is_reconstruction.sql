{#
    Whether a submission is made up: the demo submissions carry it in their
    identifiers, so that every label follows the data.
#}
{% macro is_reconstruction(submission_id) -%}
    substring({{ submission_id }}, 1, 5) = 'demo-'
{%- endmacro %}
