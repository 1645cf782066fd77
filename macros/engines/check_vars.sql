{#
    Stops before anything is built when a var has a value that no model means.
    Called at the start of every run.
#}
{% macro check_vars() %}
    {% set years_allowed = var('carry_forward_max_years') %}
    {% set checks = [
        ('display_rule', 'either_part or both_parts',
            var('display_rule') in ['either_part', 'both_parts']),
        ('carry_forward_across_break', 'true or false',
            var('carry_forward_across_break') is boolean),
        ('carry_forward_max_years', 'empty, or a whole number from 0 up',
            years_allowed is none
            or (years_allowed is integer and years_allowed >= 0)),
        ('ceiling_per_1000', 'a number above 0',
            var('ceiling_per_1000') is number and var('ceiling_per_1000') > 0),
        ('sum_tolerance', 'a number from 0 up',
            var('sum_tolerance') is number and var('sum_tolerance') >= 0),
        ('large_change_pct', 'a number from 0 up',
            var('large_change_pct') is number and var('large_change_pct') >= 0),
        ('large_change_fte', 'a number from 0 up',
            var('large_change_fte') is number and var('large_change_fte') >= 0),
        ('hb_u', 'a number from 0 to 1',
            var('hb_u') is number and 0 <= var('hb_u') <= 1),
        ('hb_a', 'a number from 0 up',
            var('hb_a') is number and var('hb_a') >= 0),
        ('hb_c', 'a number above 0',
            var('hb_c') is number and var('hb_c') > 0),
        ('robust_z_limit', 'a number above 0',
            var('robust_z_limit') is number and var('robust_z_limit') > 0),
        ('districts_shown_from', 'a year',
            var('districts_shown_from') is integer),
        ('comparison_group_minimum', 'a whole number from 1 up',
            var('comparison_group_minimum') is integer
            and var('comparison_group_minimum') >= 1),
        ('received_files',
            'a path with {name} in it that ends in .parquet, .csv or .csv.gz',
            not var('received_files')
            or ('{name}' in var('received_files') and modules.re.search(
                '[.](parquet|csv|csv[.]gz)$', var('received_files')
            ) is not none)),
        ('primary_keys', 'true or false', var('primary_keys') is boolean),
        ('release_version', 'letters, digits, dots and hyphens, in quotes',
            var('release_version') is string and modules.re.fullmatch(
                '[0-9A-Za-z][0-9A-Za-z.-]{0,39}', var('release_version')
            ) is not none),
        ('release_date', 'empty, or a date such as 2026-11-22',
            not var('release_date') or is_date(var('release_date'))),
        ('code_commit', 'empty, or a commit as `git rev-parse HEAD` gives it',
            not var('code_commit') or modules.re.fullmatch(
                '[0-9a-f]{7,64}(-dirty)?', var('code_commit') | string
            ) is not none),
    ] %}
    {% set refused = [] %}
    {% for name, meaning, is_right in checks if not is_right %}
        {% do refused.append(refusal_of_var(name, meaning)) %}
    {% endfor %}
    {% if execute and refused %}
        {{ exceptions.raise_compiler_error(refused | join('\n  ')) }}
    {% endif %}
{% endmacro %}
