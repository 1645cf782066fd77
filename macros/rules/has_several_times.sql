{#
    Whether rows have several times of receipt. Times that are written
    differently and mean the same are one; a text that is no time is another
    one, whatever it looks like.
#}
{% macro has_several_times() -%}
    count(distinct received_at)
    + count(distinct case when received_at is null then received_text end) > 1
{%- endmacro %}
