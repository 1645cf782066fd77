{# A text from a file as it may stand in a message: short, nothing unseen. #}
{% macro check_seed_shown(text) -%}
    '"' || regexp_replace(
        left({{ text }}, 40), '[\pC\p{Zl}\p{Zp}]', '�', 'g'
    ) || case when length({{ text }}) > 40 then '…"' else '"' end
{%- endmacro %}
