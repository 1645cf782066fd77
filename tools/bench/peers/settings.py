"""What `polars_figures.py` has to know: the vars of dbt_project.yml, and the few
constants that the SQL holds."""

FORM_EDITIONS = {"legacy": range(2015, 2024), "current": range(2024, 2026)}
YEARS = {year: edition for edition, years in FORM_EDITIONS.items() for year in years}

CARRY_FORWARD_ACROSS_BREAK = True
CARRY_FORWARD_MAX_YEARS = None
DISPLAY_RULE = "either_part"
CEILING_PER_1000 = 100
DISTRICTS_SHOWN_FROM = 2017
COMPARISON_GROUP_MINIMUM = 5

# Ordinary, no-break, thin and narrow no-break; around labels also tabs and line breaks.
SPACES = " \u00a0\u2009\u202f"
LABEL_SPACES = SPACES + "\t\r\n"

# R22, for regular expressions without backslashes, the same in every library.
THOUSANDS_WITH_PERIODS = "[0-9]{1,3}([.][0-9]{3})+,[0-9]+"
NUMBER = (
    "[0-9]+([.,][0-9]+)?"
    "|[.,][0-9]+"
    f"|[0-9]{{1,3}}([{SPACES}][0-9]{{3}})+([.,][0-9]+)?"
    f"|{THOUSANDS_WITH_PERIODS}"
)
TIME = (
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    "(?:T(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
    "(?::(?P<second>[0-5][0-9])(?:[.,](?P<fraction>[0-9]+))?)?)?"
)

# Levels above the municipality, and the column of a municipality that has its region.
LEVELS = {
    "country": "country_code",
    "county": "county_code",
    "municipality": "municipality_code",
    "kostra_group": "kostra_group_code",
    "size_group": "size_group_code",
    "centrality": "centrality_class_code",
    "health_region": "health_region_code",
}
COUNTRY = {"country_code": "0"}
