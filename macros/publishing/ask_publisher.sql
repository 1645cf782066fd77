{% macro ask_publisher(asked) %}
    {% do asked.update({
        'root': releases_root(), 'project': adapter.config.project_root
    }) %}
    {% do adapter.store_relation(
        'dbt_release', api.Relation.create(identifier='release'), [],
        releases_root(), 'release', asked
    ) %}
{% endmacro %}
