{# Whether a var is a day that exists, written as ISO 8601. YAML may make it one. #}
{% macro is_date(value) %}
    {% set parts = modules.re.fullmatch(
        '([0-9]{4})-([0-9]{2})-([0-9]{2})', value | string
    ) %}
    {% set days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] %}
    {% if parts is none or not 1 <= parts[2] | int <= 12 %}
        {{ return(false) }}
    {% endif %}
    {% set year = parts[1] | int %}
    {% set is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) %}
    {% set last = 29 if is_leap and parts[2] == '02' else days[parts[2] | int - 1] %}
    {{ return(1 <= parts[3] | int <= last) }}
{% endmacro %}
