{# What a test says of its rows: the comment above its SQL, or its expression. #}
{% macro claim_of_test(node) %}
    {% if not node.test_metadata %}
        {% set comments = modules.re.findall(
            '(?m)^-- (.*)$', node.raw_code.split('\nwith\n')[0]
        ) %}
        {{ return("  " ~ comments | join("\n  ") ~ "\n" if comments else "") }}
    {% endif %}
    {% set expression = node.test_metadata.kwargs.get('expression') %}
    {{ return("  It must hold that " ~ expression | trim ~ "\n" if expression else "") }}
{% endmacro %}
