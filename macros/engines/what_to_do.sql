{#
    What to do about a test that fails. Without words of its own: what is wrong stands
    in the seed; or a model is wrong, or what it is made of.
#}
{% macro what_to_do(node) %}
    {% set said = node.config.meta.get('what_to_do') %}
    {% if said %}
        {{ return("What to do: " ~ said) }}
    {% endif %}
    {% set of = graph.nodes.get(node.attached_node, node) %}
    {% if of.resource_type == 'seed' %}
        {{ return("What to do: mend these rows in " ~ of.original_file_path ~ ".") }}
    {% endif %}
    {{ return(
        "What to do: see what was changed last in " ~ of.original_file_path
        ~ " and in what it is made of (`dbt ls --select +" ~ of.name ~ "`)."
    ) }}
{% endmacro %}
