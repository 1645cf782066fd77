{#
    Stops before anything is built when the engine has settings with which figures
    could be others without a word. Called at the start of every run.
#}
{% macro check_engine() %}
    {{ return(adapter.dispatch('check_engine')()) }}
{% endmacro %}

{% macro default__check_engine() %}{% endmacro %}

{# dbt-spark turns ANSI off with every statement, whatever the profile says. #}
{% macro spark__check_engine() %}
    {% if target.type == 'spark' %}
        {% do adapter.config.credentials.server_side_parameters.update(
            {'spark.sql.ansi.enabled': 'true'}
        ) %}
    {% endif %}
    {% set settings = {
        'spark.sql.ansi.enabled': ('true', 'else what is wrong becomes null'),
        'spark.sql.decimalOperations.allowPrecisionLoss':
            ('false', 'else decimals are rounded on the way'),
        'spark.sql.session.timeZone': ('UTC', 'times are read as written'),
        'spark.sql.parser.escapedStringLiterals':
            ('false', 'texts are written with escapes'),
    } %}
    {% for name, (value, why) in settings.items() if execute %}
        {% set found = run_query('set ' ~ name).rows[0]['value'] %}
        {% if found | lower != value | lower %}
            {{ exceptions.raise_compiler_error(
                "Nothing was built: the setting " ~ name ~ " of Spark is '"
                ~ found ~ "'. Set it to " ~ value ~ " in profiles.yml ("
                ~ why ~ ")."
            ) }}
        {% endif %}
    {% endfor %}
    {% do clear_catalog_in_memory() %}
{% endmacro %}
