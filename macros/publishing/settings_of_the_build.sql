{# The vars that figures depend on, as one line of JSON. #}
{% macro settings_of_the_build() %}
    {% set settings = {} %}
    {% for name in [
        'form_editions', 'answer_years', 'received_files', 'carry_forward_across_break',
        'carry_forward_max_years', 'display_rule', 'ceiling_per_1000',
        'districts_shown_from', 'comparison_group_minimum', 'sum_tolerance',
        'large_change_pct', 'large_change_fte', 'hb_u', 'hb_a', 'hb_c',
        'robust_z_limit'
    ] %}
        {% do settings.update({name: var(name)}) %}
    {% endfor %}
    {# Where somebody keeps files is nobody else's business. #}
    {% if var('received_files') %}
        {% do settings.update({
            'received_files': var('received_files').split('/') | last
        }) %}
    {% endif %}
    {{ return(tojson(settings, sort_keys=true)) }}
{% endmacro %}
