{#
    The words of fct_sentence and fct_comparison, by sentence and language. What stands in braces is
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
        "health_education_current": {
            "nb": "Årsverk med helse- og sosialfaglig utdanning fra videregående"
                ~ " skole eller høyere utgjorde {rate} per 1\u2009000 innbyggere i"
                ~ " {year}.",
            "en": "Person-years with health or social care education, upper"
                ~ " secondary or higher, were {rate} per 1,000 inhabitants in"
                ~ " {year}.",
        },
        "health_education_legacy": {
            "nb": "Årsverk med helse- og sosialfag fra videregående skole, eller"
                ~ " med utdanning fra universitet/høyskole, utgjorde {rate} per"
                ~ " 1\u2009000 innbyggere i {year}.",
            "en": "Person-years with health or social care education from upper"
                ~ " secondary school, or with any university or college"
                ~ " education, were {rate} per 1,000 inhabitants in {year}.",
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
            "nb": "I helsestasjons- og skolehelsetjenesten var det {fte}"
                ~ " årsverk for barn og unge i {year}{change}.",
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
            "nb": "Henvendelser om psykisk helse hos barn og unge i {year}:"
                ~ " {small}\u00a0% meldte om liten økning, {large}\u00a0% om"
                ~ " stor økning, {unchanged}\u00a0% om ingen endring og"
                ~ " {decrease}\u00a0% om nedgang; {unknown}\u00a0% visste ikke"
                ~ " ({base} kommuner og bydeler svarte).",
            "en": "Requests about the mental health of children and youth"
                ~ " in {year}: {small}% reported a small increase, {large}% a"
                ~ " large increase, {unchanged}% no change and {decrease}% a"
                ~ " decrease; {unknown}% did not know ({base} municipalities and"
                ~ " city districts answered).",
        },
        "requests_mental_health_adults": {
            "nb": "Henvendelser om psykisk helse hos voksne i {year}:"
                ~ " {small}\u00a0% meldte om liten økning, {large}\u00a0% om"
                ~ " stor økning, {unchanged}\u00a0% om ingen endring og"
                ~ " {decrease}\u00a0% om nedgang; {unknown}\u00a0% visste ikke"
                ~ " ({base} kommuner og bydeler svarte).",
            "en": "Requests about the mental health of adults"
                ~ " in {year}: {small}% reported a small increase, {large}% a"
                ~ " large increase, {unchanged}% no change and {decrease}% a"
                ~ " decrease; {unknown}% did not know ({base} municipalities and"
                ~ " city districts answered).",
        },
        "requests_substance_use_children_youth": {
            "nb": "Henvendelser om rusmiddelbruk hos barn og unge i {year}:"
                ~ " {small}\u00a0% meldte om liten økning, {large}\u00a0% om"
                ~ " stor økning, {unchanged}\u00a0% om ingen endring og"
                ~ " {decrease}\u00a0% om nedgang; {unknown}\u00a0% visste ikke"
                ~ " ({base} kommuner og bydeler svarte).",
            "en": "Requests about the substance use of children and youth"
                ~ " in {year}: {small}% reported a small increase, {large}% a"
                ~ " large increase, {unchanged}% no change and {decrease}% a"
                ~ " decrease; {unknown}% did not know ({base} municipalities and"
                ~ " city districts answered).",
        },
        "requests_substance_use_adults": {
            "nb": "Henvendelser om rusmiddelbruk hos voksne i {year}:"
                ~ " {small}\u00a0% meldte om liten økning, {large}\u00a0% om"
                ~ " stor økning, {unchanged}\u00a0% om ingen endring og"
                ~ " {decrease}\u00a0% om nedgang; {unknown}\u00a0% visste ikke"
                ~ " ({base} kommuner og bydeler svarte).",
            "en": "Requests about the substance use of adults"
                ~ " in {year}: {small}% reported a small increase, {large}% a"
                ~ " large increase, {unchanged}% no change and {decrease}% a"
                ~ " decrease; {unknown}% did not know ({base} municipalities and"
                ~ " city districts answered).",
        },
        "staff_use": {
            "nb": "Av {base} kommuner og bydeler som svarte i {year}, hadde"
                ~ " {changed}\u00a0% gjort endringer i bruken av personell det"
                ~ " siste året, og ytterligere {planned}\u00a0% hadde planlagt det.",
            "en": "Of {base} municipalities and city districts that answered in"
                ~ " {year}, {changed}% had changed their use of staff over the last"
                ~ " year, and another {planned}% had planned to.",
        },
        "staff_use_by_size": {
            "nb": "Endringer i bruken av personell i {year}, etter folketall:"
                ~ " {shares}.",
            "en": "Changes in the use of staff in {year}, by population:"
                ~ " {shares}.",
        },
        "share_of_a_group": {
            "nb": "{group} ({share}\u00a0% av {base})",
            "en": "{group} ({share}% of {base})",
        },
        "discharge_problems": {
            "nb": "Av {base} kommuner og bydeler som svarte i {year}, hadde"
                ~ " {share}\u00a0% store eller noen problemer med å gi tilbud til"
                ~ " utskrivningsklare pasienter.",
            "en": "Of {base} municipalities and city districts that answered in"
                ~ " {year}, {share}% had large or some problems in providing"
                ~ " services to patients ready for discharge.",
        },
        "discharge_problem_reasons": {
            "nb": "Årsaker til problemene med utskrivningsklare pasienter i"
                ~ " {year}: {shares}. {base} kommuner og bydeler svarte, og kunne"
                ~ " gi flere årsaker.",
            "en": "Reasons for the problems with patients ready for discharge in"
                ~ " {year}: {shares}. {base} municipalities and city districts"
                ~ " answered, and could give several reasons.",
        },
        "staff_use_changes": {
            "nb": "Endringer som er gjort i bruken av personell i {year}:"
                ~ " {shares}. {base} kommuner og bydeler svarte, og kunne oppgi"
                ~ " flere endringer.",
            "en": "Changes that were made in the use of staff in {year}: {shares}."
                ~ " {base} municipalities and city districts answered, and could"
                ~ " name several changes.",
        },
        "share_of_an_answer": {
            "nb": "{answer} ({share}\u00a0%)",
            "en": "{answer} ({share}%)",
        },
        "cooperation_pathway_3": {
            "nb": "Av {base} kommuner og bydeler som svarte i {year}, mente"
                ~ " {share}\u00a0% at samarbeidet med spesialisthelsetjenesten om"
                ~ " pasienter i forløp 3 var dårlig.",
            "en": "Of {base} municipalities and city districts that answered in"
                ~ " {year}, {share}% found the cooperation with specialist health"
                ~ " services about patients in pathway 3 poor.",
        },
        "open_afternoon_or_evening": {
            "nb": "Av {base} kommuner og bydeler som svarte i {year}, hadde"
                ~ " {share}\u00a0% åpent på ettermiddag eller kveld.",
            "en": "Of {base} municipalities and city districts that answered in"
                ~ " {year}, {share}% were open in the afternoon or evening.",
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
                ~ " målgruppene, og ingen er videreført.",
            "en": "For {n} of {all} units person-years of at least one target"
                ~ " group are missing, and none are carried forward.",
        },
        "less_than_a_tenth": {
            "nb": "under 0,1",
            "en": "less than 0.1",
        },
        "not_shown_either_part": {
            "nb": "Av {all} kommuner vises {n} ikke, fordi de ikke har egne"
                ~ " årsverk for begge målgruppene. Årsverkene de har, er med i"
                ~ " tallene for fylkene og landet.",
            "en": "Of {all} municipalities {n} are not shown, since they do not"
                ~ " have person-years of their own for both target groups; those"
                ~ " they have are in the figures of counties and country.",
        },
        "not_shown_both_parts": {
            "nb": "Av {all} kommuner vises {n} ikke, fordi de ikke har egne"
                ~ " årsverk for noen av målgruppene.",
            "en": "Of {all} municipalities {n} are not shown, since they have"
                ~ " person-years of their own for neither target group.",
        },
        "borders": {
            "nb": "Fylker og kommuner er gitt med grensene fra {structure_year}.",
            "en": "Counties and municipalities are given with the borders of"
                ~ " {structure_year}.",
        },
        "rounding": {
            "nb": "Tallene er avrundet hver for seg, så summer og differanser kan"
                ~ " avvike med 1 i siste siffer.",
            "en": "Figures are rounded one by one, so that sums and differences"
                ~ " may be off by 1 in the last digit.",
        },
        "published_differs": {
            "nb": "Publisert landstall for {year} er {published} årsverk, mot"
                ~ " {computed} her: {reason}.",
            "en": "The published national figure of {year} is {published}"
                ~ " person-years, against {computed} here: {reason}.",
        },
        "provenance_of_change": {
            "nb": "Endringene er regnet fra tallene for {year_before}, som er"
                ~ " rekonstruert eller oppdiktet.",
            "en": "Changes are from the figures of {year_before}, which are"
                ~ " reconstructed or invented.",
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
            "nb": "Brudd i {year}: {break}. Endringen fra året før må tolkes med"
                ~ " forsiktighet.",
            "en": "Break in {year}: {break}. Interpret the change from the"
                ~ " year before with care.",
        },
        "comparison": {
            "nb": "{measure} per 1\u2009000 innbyggere, {region} {year}:"
                ~ " {rate}{status}. {too_small}{group} ({n} kommuner) samlet:"
                ~ " {group_rate}. {spread} {caveat}",
            "en": "{measure}, per 1,000 inhabitants, {region} {year}:"
                ~ " {rate}{status}. {too_small}{group} ({n} municipalities) as a"
                ~ " whole: {group_rate}. {spread} {caveat}",
        },
        "is_not_shown": {
            "nb": "vises ikke. {reason}",
            "en": "not shown. {reason}",
        },
        "is_carried": {
            "nb": " (helt eller delvis videreført fra et tidligere år)",
            "en": " (wholly or partly carried forward from an earlier year)",
        },
        "is_estimated": {
            "nb": " (bygger på en anslått andel av en delt kommune)",
            "en": " (rests on an estimated share of a divided municipality)",
        },
        "group_too_small": {
            "nb": "{group} har færre enn {minimum} kommuner, så landet står i"
                ~ " stedet. ",
            "en": "{group} has fewer than {minimum} municipalities, so the country"
                ~ " stands in its place. ",
        },
        "unknown_rate": {
            "nb": "ukjent",
            "en": "unknown",
        },
        "spread_in_kostra_group": {
            "nb": "Halvparten av kommunene i gruppen ligger mellom {first} og"
                ~ " {third}.",
            "en": "Half of the municipalities in the group lie between {first}"
                ~ " and {third}.",
        },
        "spread_in_country": {
            "nb": "Halvparten av kommunene i landet ligger mellom {first} og"
                ~ " {third}.",
            "en": "Half of the country's municipalities lie between {first} and"
                ~ " {third}.",
        },
        "too_few_for_a_spread": {
            "nb": "Færre enn {minimum} kommuner vises, så spredningen er ikke"
                ~ " oppgitt.",
            "en": "Fewer than {minimum} municipalities are shown, so the spread is"
                ~ " not given.",
        },
        "care": {
            "nb": "Nivået i en enkelt kommune bør sammenlignes med forsiktighet:"
                ~ " tjenestene er ulikt organisert, behovene er ulike, og i små"
                ~ " kommuner gir ett årsverk store utslag.",
            "en": "Levels of single municipalities should be compared with care:"
                ~ " services are organised in different ways, needs differ, and in"
                ~ " small municipalities one person-year makes a large"
                ~ " difference.",
        },
        "part_reported": {
            "nb": "{part}: rapportert for {year}.",
            "en": "{part}: reported for {year}.",
        },
        "part_carried_forward": {
            "nb": "{part}: videreført fra {source_year}, fordi det ikke er noe"
                ~ " brukbart svar for {year}.",
            "en": "{part}: carried forward from {source_year}, since there is no"
                ~ " usable answer for {year}.",
        },
        "part_missing": {
            "nb": "{part}: ingen årsverk for {year}, verken rapportert eller"
                ~ " videreført.",
            "en": "{part}: no person-years for {year}, neither reported nor"
                ~ " carried forward.",
        },
        "part_of_all_units": {
            "nb": "{part}: alle {all} enheter har rapportert for {year}.",
            "en": "{part}: all {all} units have reported for {year}.",
        },
        "part_of_some_units": {
            "nb": "{part}: {reported} av {all} enheter har rapportert for"
                ~ " {year}{carried}{missing}.",
            "en": "{part}: {reported} of {all} units have reported for"
                ~ " {year}{carried}{missing}.",
        },
        "and_carried": {
            "nb": ", {n} er videreført fra et tidligere år",
            "en": ", {n} carried forward from an earlier year",
        },
        "and_missing": {
            "nb": ", {n} mangler",
            "en": ", {n} missing",
        },
        "rate_not_shown": {
            "nb": " Årsverk per 1\u2009000 innbyggere vises ikke: {reason}.",
            "en": " Person-years per 1,000 inhabitants are not shown: {reason}.",
        },
        "rate_of_a_region": {
            "nb": "{region} hadde {rate} årsverk per 1\u2009000 innbyggere i"
                ~ " {year}",
            "en": "{region} had {rate} person-years per 1,000 inhabitants in"
                ~ " {year}",
        },
        "against_the_year_before": {
            "nb": ", mot {rate} i {year}",
            "en": ", compared with {rate} in {year}",
        },
        "as_the_year_before": {
            "nb": ", som i {year}",
            "en": ", as in {year}",
        },
        "region_is_not_shown": {
            "nb": "{region}: årsverk per 1\u2009000 innbyggere vises ikke for"
                ~ " {year}",
            "en": "{region}: person-years per 1,000 inhabitants are not shown for"
                ~ " {year}",
        },
        "beside_others": {
            "nb": "{region} hadde {rate} årsverk per 1\u2009000 innbyggere i {year},"
                ~ " mot {other}{country_rate} i landet samlet",
            "en": "{region} had {rate} person-years per 1,000 inhabitants in {year},"
                ~ " compared with {other}{country_rate} in the country as a whole",
        },
        "others_only": {
            "nb": "Årsverk per 1\u2009000 innbyggere i {year}:"
                ~ " {other}{country_rate} i landet samlet; {region} vises ikke",
            "en": "Person-years per 1,000 inhabitants in {year}:"
                ~ " {other}{country_rate} in the country as a whole; {region} is not"
                ~ " shown",
        },
        "beside_one": {
            "nb": "{rate} i {region} og ",
            "en": "{rate} in {region} and ",
        },
        "parts_of_person_years": {
            "nb": "Av {fte} årsverk i {year} er {adults}\u00a0% til voksne og"
                ~ " {children_youth}\u00a0% til barn og unge",
            "en": "Of {fte} person-years in {year}, {adults}% are for adults and"
                ~ " {children_youth}% for children and youth",
        },
        "largest_service": {
            "nb": "{service} har flest årsverk i {year}: {share}\u00a0% av {fte}",
            "en": "{service} has the most person-years in {year}: {share}% of"
                ~ " {fte}",
        },
        "largest_services": {
            "nb": "Flest årsverk i {year}, {share}\u00a0% hver av {fte}: {services}",
            "en": "Most person-years in {year}, {share}% each of {fte}: {services}",
        },
        "share_of_education_current": {
            "nb": "{share}\u00a0% av årsverkene i {year} er utført av ansatte med"
                ~ " helse- og sosialfaglig utdanning fra videregående skole eller"
                ~ " høyere",
            "en": "{share}% of the person-years in {year} are worked by staff with"
                ~ " health or social care education, upper secondary or higher",
        },
        "share_of_education_legacy": {
            "nb": "{share}\u00a0% av årsverkene i {year} er utført av ansatte med"
                ~ " helse- og sosialfag fra videregående skole, eller utdanning fra"
                ~ " universitet/høyskole",
            "en": "{share}% of the person-years in {year} are worked by staff with"
                ~ " health or social care education from upper secondary school, or"
                ~ " any university or college education",
        },
        "spread_of_counties": {
            "nb": "Fylkene hadde fra {lowest} til {highest} årsverk per"
                ~ " 1\u2009000 innbyggere i {year}",
            "en": "Counties had from {lowest} to {highest} person-years per 1,000"
                ~ " inhabitants in {year}",
        },
        "counties_near_the_country": {
            "nb": "{n} av {all} fylker lå høyst 0,5 årsverk per 1\u2009000 innbyggere"
                ~ " fra landet samlet ({rate}) i {year}",
            "en": "{n} of {all} counties were at most 0.5 person-years per 1,000"
                ~ " inhabitants from the country as a whole ({rate}) in {year}",
        },
        "spread_of_municipalities": {
            "nb": "Halvparten av de {n} kommunene som vises, hadde mellom {first}"
                ~ " og {third} årsverk per 1\u2009000 innbyggere i {year}",
            "en": "Half of the {n} municipalities that are shown had between"
                ~ " {first} and {third} person-years per 1,000 inhabitants in"
                ~ " {year}",
        },
        "units_without_an_answer": {
            "nb": "{adults} av {all} enheter mangler brukbart svar for voksne i"
                ~ " {year}, og {children_youth} for barn og unge",
            "en": "{adults} of {all} units have no usable answer for adults in"
                ~ " {year}, and {children_youth} for children and youth",
        },
    }) }}
{% endmacro %}
