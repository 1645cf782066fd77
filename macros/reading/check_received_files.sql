{#
    Stops before anything is built when a file that the var received_files asks
    for is not there or has not the columns of its form.
#}
{% macro check_received_files() %}
    {% set problems = [] %}
    {% set is_asked = execute and var('received_files') %}
    {% for name in received_names() if is_asked %}
        {% set path = received_path(name) %}
        {% if not has_files(path) %}
            {% do problems.append(
                path ~ ": no such file. Put it there, or take the year out of"
                ~ " the vars form_editions and answer_years."
            ) %}
        {% else %}
            {% set there = columns_of_files(path) %}
            {% do problems.extend(columns_not_text(name, there)) %}
            {% for column in received_columns(name) if column not in there %}
                {% do problems.append(
                    path ~ ", line 1: column missing: \"" ~ column
                    ~ "\". The columns are those of the form: "
                    ~ received_columns(name) | join(', ') ~ "."
                ) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {% if problems %}
        {{ exceptions.raise_compiler_error(
            "Nothing was built, because of these received files.\n"
            ~ problems | join("\n")
        ) }}
    {% endif %}
{% endmacro %}
