{# The words between the figures of fct_comparison, by language. #}
{% macro comparison_texts() %}
    {% set minimum = var('comparison_group_minimum') %}
    {{ return({
        "nb": {
            "per_1000_in": " per 1\u2009000 innbyggere, ",
            "not_shown": "vises ikke (",
            "too_small": " har færre enn " ~ minimum
                ~ " kommuner, så landet står i stedet. ",
            "all_in_all": " samlet: ",
            "unknown": "ukjent",
            "middle_half": " Den midterste halvdelen av kommunene der: ",
            "to": " til ",
            "caveat": "Nivået i en enkelt kommune bør sammenlignes med"
                ~ " forsiktighet: tjenestene er ulikt organisert, og behovene"
                ~ " er ulike.",
        },
        "en": {
            "per_1000_in": " per 1,000 inhabitants, ",
            "not_shown": "not shown (",
            "too_small": " has fewer than " ~ minimum
                ~ " municipalities, so the country stands in its place. ",
            "all_in_all": ", all in all: ",
            "unknown": "unknown",
            "middle_half": " The middle half of the municipalities there: ",
            "to": " to ",
            "caveat": "Levels of single municipalities should be compared with"
                ~ " care: services are organised in different ways, and needs"
                ~ " differ.",
        },
    }) }}
{% endmacro %}
