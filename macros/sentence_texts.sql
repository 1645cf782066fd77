{#
    The words of fct_sentence, by sentence and language. What stands in braces is
    filled in from the figures. Thin spaces (U+2009) group thousands in
    Norwegian, and U+2212 is the minus sign.
#}
{% macro sentence_texts() %}
    {{ return({
        "headline": {
            "nb": "På landsbasis var det {rate} årsverk i psykisk helse- og"
                ~ " rusarbeid per 1\u2009000 innbyggere i kommunene i {year},"
                ~ " fra {lowest} i {lowest_counties} til {highest} i"
                ~ " {highest_counties}.",
            "en": "In {year} the municipalities of Norway had {rate}"
                ~ " person-years in mental-health and substance-use work per"
                ~ " 1,000 inhabitants, from {lowest} in {lowest_counties} to"
                ~ " {highest} in {highest_counties}.",
        },
        "headline_without_range": {
            "nb": "På landsbasis var det {rate} årsverk i psykisk helse- og"
                ~ " rusarbeid per 1\u2009000 innbyggere i kommunene i {year}.",
            "en": "In {year} the municipalities of Norway had {rate}"
                ~ " person-years in mental-health and substance-use work per"
                ~ " 1,000 inhabitants.",
        },
        "health_education": {
            "nb": "Årsverk med helse- og sosialfaglig utdanning: {rate} per"
                ~ " 1\u2009000 innbyggere.",
            "en": "Person-years with health or social care education: {rate}"
                ~ " per 1,000 inhabitants.",
        },
        "person_years_total": {
            "nb": "Kommunene hadde {fte} årsverk i psykisk helse- og rusarbeid i"
                ~ " {year}{change}.",
            "en": "The municipalities had {fte} person-years in mental-health"
                ~ " and substance-use work in {year}{change}.",
        },
        "person_years_adults": {
            "nb": "I tjenestene til voksne var det {fte} årsverk i"
                ~ " {year}{change}.",
            "en": "Services for adults had {fte} person-years in {year}{change}.",
        },
        "person_years_children_youth": {
            "nb": "I tjenestene til barn og unge var det {fte} årsverk i"
                ~ " {year}{change}.",
            "en": "Services for children and youth had {fte} person-years in"
                ~ " {year}{change}.",
        },
        "person_years_health_station": {
            "nb": "I helsestasjon og skolehelsetjeneste var det {fte} årsverk"
                ~ " for barn og unge i {year}{change}.",
            "en": "The health station and school health service had {fte}"
                ~ " person-years for children and youth in {year}{change}.",
        },
        "more": {
            "nb": ", {difference} flere enn i {year_before}{per_cent}",
            "en": ", {difference} more than in {year_before}{per_cent}",
        },
        "fewer": {
            "nb": ", {difference} færre enn i {year_before}{per_cent}",
            "en": ", {difference} fewer than in {year_before}{per_cent}",
        },
        "as_many": {
            "nb": ", like mange som i {year_before}",
            "en": ", as many as in {year_before}",
        },
        "per_cent": {
            "nb": " ({sign}{change_pct}\u00a0%)",
            "en": " ({sign}{change_pct}%)",
        },
        "requests_mental_health_children_youth": {
            "nb": "Henvendelser om psykisk helse hos barn og unge: {small}\u00a0%"
                ~ " av enhetene meldte om liten økning, {large}\u00a0% om stor"
                ~ " økning og {unchanged}\u00a0% om ingen endring ({base} enheter"
                ~ " svarte).",
            "en": "Requests about the mental health of children and youth:"
                ~ " {small}% of the units reported a small increase, {large}% a"
                ~ " large increase and {unchanged}% no change ({base} units"
                ~ " answered).",
        },
        "requests_mental_health_adults": {
            "nb": "Henvendelser om psykisk helse hos voksne: {small}\u00a0% av"
                ~ " enhetene meldte om liten økning, {large}\u00a0% om stor"
                ~ " økning og {unchanged}\u00a0% om ingen endring ({base} enheter"
                ~ " svarte).",
            "en": "Requests about the mental health of adults: {small}% of the"
                ~ " units reported a small increase, {large}% a large increase"
                ~ " and {unchanged}% no change ({base} units answered).",
        },
        "requests_substance_use_children_youth": {
            "nb": "Henvendelser om rus hos barn og unge: {small}\u00a0% av"
                ~ " enhetene meldte om liten økning, {large}\u00a0% om stor"
                ~ " økning og {unchanged}\u00a0% om ingen endring ({base} enheter"
                ~ " svarte).",
            "en": "Requests about the substance use of children and youth:"
                ~ " {small}% of the units reported a small increase, {large}% a"
                ~ " large increase and {unchanged}% no change ({base} units"
                ~ " answered).",
        },
        "requests_substance_use_adults": {
            "nb": "Henvendelser om rus hos voksne: {small}\u00a0% av enhetene"
                ~ " meldte om liten økning, {large}\u00a0% om stor økning og"
                ~ " {unchanged}\u00a0% om ingen endring ({base} enheter svarte).",
            "en": "Requests about the substance use of adults: {small}% of the"
                ~ " units reported a small increase, {large}% a large increase"
                ~ " and {unchanged}% no change ({base} units answered).",
        },
        "staff_use": {
            "nb": "{changed}\u00a0% av enhetene hadde gjort endringer i bruken av"
                ~ " personell, og {planned}\u00a0% hadde planlagt det ({base}"
                ~ " enheter svarte).",
            "en": "{changed}% of the units had changed their use of staff, and"
                ~ " {planned}% had planned to ({base} units answered).",
        },
        "staff_use_by_size": {
            "nb": "Endringer i bruken av personell etter enhetens størrelse:"
                ~ " {shares}.",
            "en": "Changes in the use of staff by the size of the unit:"
                ~ " {shares}.",
        },
        "staff_use_of_size": {
            "nb": "{group} ({share}\u00a0%)",
            "en": "{group} ({share}%)",
        },
        "discharge_problems": {
            "nb": "{share}\u00a0% av enhetene hadde store eller noen problemer"
                ~ " med å gi tilbud til utskrivningsklare pasienter ({base}"
                ~ " enheter svarte).",
            "en": "{share}% of the units had large or some problems in serving"
                ~ " patients ready for discharge ({base} units answered).",
        },
        "discharge_problem_reasons": {
            "nb": "Årsaker til problemene med utskrivningsklare pasienter:"
                ~ " {shares}; {base} enheter svarte, og kunne gi flere"
                ~ " årsaker.",
            "en": "Reasons for the problems with patients ready for discharge:"
                ~ " {shares}; {base} units answered, and could give several"
                ~ " reasons.",
        },
        "reason": {
            "nb": "{reason} ({share}\u00a0%)",
            "en": "{reason} ({share}%)",
        },
        "cooperation_pathway_3": {
            "nb": "{share}\u00a0% av enhetene svarte at samarbeidet med"
                ~ " spesialisthelsetjenesten om pasienter i forløp 3 var dårlig"
                ~ " ({base} enheter svarte).",
            "en": "{share}% of the units answered that the cooperation with"
                ~ " specialist care about patients in pathway 3 was poor"
                ~ " ({base} units answered).",
        },
        "open_afternoon_or_evening": {
            "nb": "{share}\u00a0% av enhetene hadde åpent på ettermiddag eller"
                ~ " kveld ({base} enheter svarte).",
            "en": "{share}% of the units were open in the afternoon or evening"
                ~ " ({base} units answered).",
        },
        "carried_forward": {
            "nb": "Årsverk er videreført fra et tidligere år for {n} av {all}"
                ~ " enheter, helt eller delvis; de utgjør {share}\u00a0% av"
                ~ " årsverkene.",
            "en": "Person-years are carried forward from an earlier year for"
                ~ " {n} of {all} units, wholly or partly; they are {share}% of"
                ~ " the person-years.",
        },
        "nothing_carried_forward": {
            "nb": "Ingen årsverk er videreført fra et tidligere år ({all}"
                ~ " enheter).",
            "en": "No person-years are carried forward from an earlier year"
                ~ " ({all} units).",
        },
        "missing": {
            "nb": "For {n} av {all} enheter mangler årsverk for minst én av"
                ~ " målgruppene, og det finnes ingen å videreføre.",
            "en": "For {n} of {all} units person-years of at least one target"
                ~ " group are missing, and there are none to carry forward.",
        },
        "not_shown": {
            "nb": "{n} av {all} kommuner vises ikke, fordi de mangler egne"
                ~ " årsverk; det de har, er med i summene.",
            "en": "{n} of {all} municipalities are not shown, since they lack"
                ~ " person-years of their own; what they have is in the sums.",
        },
        "provenance": {
            "nb": "Tallene for {year} er rekonstruert eller oppdiktet, ikke fra"
                ~ " innsendte skjemaer.",
            "en": "The figures of {year} are reconstructed or invented, not from"
                ~ " received forms.",
        },
        "provenance_of_answers": {
            "nb": "Svarene på spørsmålene i {year} er oppdiktet, ikke innsendt.",
            "en": "The answers to the questions of {year} are invented, not"
                ~ " received.",
        },
        "break_of_series": {
            "nb": "Brudd i {first_year}: {break}. Tallene kan ikke sammenlignes"
                ~ " med tall fra før {first_year}.",
            "en": "Break in {first_year}: {break}. The figures cannot be compared"
                ~ " with those before {first_year}.",
        },
        "break_in_series": {
            "nb": "Brudd i {year}: {break}. Endringen fra året før må leses med"
                ~ " det i tankene.",
            "en": "Break in {year}: {break}. Read the change from the year"
                ~ " before with that in mind.",
        },
    }) }}
{% endmacro %}
