"""What is invented in the demo submissions, as tables: edit here.

Who is silent, who has nobody for a part, which submissions are defective, and
how person-years spread over services. docs/demo-data.md shows the same to
readers; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

ADULTS, CHILDREN = "adults", "children_youth"
PARTS = (ADULTS, CHILDREN)
RAW_PART = {ADULTS: "voksne", CHILDREN: "barn_unge"}
HEALTH_STATION = "health_station_and_school_health"

# --- What is invented: silent units -------------------------------------------


def codes(text: str) -> list[str]:
    """A list of unit codes, written with spaces between."""
    return text.split()


def silent(units: str | list[str], *parts: str) -> set[tuple[str, str]]:
    """Units without an answer for some parts, or for both."""
    units = codes(units) if isinstance(units, str) else units
    return {(unit, part) for unit in units for part in parts or PARTS}


# Municipalities of 2020 whose published rates of 2019 and 2020 are met by the
# same person-years: all there are.
SILENT_2020 = codes("""
    1111 1145 1151 1557 1560 1578 1822 1834 1835 1839 1840 3005 3032 3034 3037
    3038 3041 3048 3050 3051 3053 3054 3419 3423 3447 3449 3451 3453 3454 3808
    3816 3818 3822 4201 4213 4215 4218 4221 4222 4227 4602 4626 4628 4636 4640
    4642 4645 4648 4651 5021 5027 5036 5043 5045 5054 5057 5403 5404 5414 5434
    5439
""")
SILENT_DISTRICTS_2020 = codes("030103 030106 030109 030112 030115")
# 24 of the 83 municipalities with room for it; the first five since 2019.
SILENT_2021 = codes("""
    1151 1557 3005 3423 5043 1566 1815 1816 1841 1867 3042 3045 3430 3435 3812
    3815 3819 4228 4634 5032 5034 5424 5426 5427
""")
# Answered in 2021 with the figures of 2020: an answer all the same.
UNCHANGED_2021 = codes("1870 3413 4214")

SILENT: dict[int, set[tuple[str, str]]] = {
    2016: silent("1114"),
    2020: silent(SILENT_2020 + SILENT_DISTRICTS_2020),
    2021: silent(SILENT_2021),
    2022: silent("1833 3420 4611 5435") | silent("3813", CHILDREN),
    2023: silent("1511 3043 5435 5425") | silent("4225", ADULTS),
    # Storfjord (5425 until 2023) and Haram (out of Ålesund 1507) carry over the break.
    2024: silent("1580 5538"),
    2025: silent("1554 1875 3429 4016")
    | silent("3443", ADULTS)
    | silent("1517 1580 1813 3322 3419 3451 4213 4612 4645 5027 5534", CHILDREN),
}

# Answered with nothing but zeros for one part.
NIL_CHILDREN = {"1144", "1151", "1835", "1856"}
NIL_CHILDREN_NEW_FORM = {"1857", "4629", "5033", "5043", "5052", "5636"}
NIL_ADULTS_NEW_FORM = {"1874", "4636", "5614"}


# --- What is invented: defective submissions ----------------------------------


@dataclass(frozen=True)
class Defect:
    """One submission that fails a hard check, and what counts in its place."""

    year: int
    unit: str  # the unit that sent it
    part: str  # `voksne`, `barn_unge` or `begge` (the whole submission)
    check: str
    column: str  # what was typed wrongly ...
    service: str  # ... on the line of this service ("" = on every line)
    raw: str  # ... and what stood there
    counts: str  # `a later one`, `an earlier one` or `nothing` (the unit is silent)


# fmt: off
DEFECTS = [
    Defect(*line)
    for line in (
        (2015, "0219", "barn_unge", "unknown_service", "tjeneste",
         "other_services", "Familiesenter", "a later one"),
        (2015, "0402", "voksne", "not_a_number", "aarsverk_uh",
         "treatment_follow_up", "ca 4", "a later one"),
        (2015, "1601", "begge", "unreadable_time", "mottatt",
         "", "15.03.2015", "a later one"),
        (2016, "0220", "voksne", "duplicate_service", "tjeneste",
         "other_services", "behandling og oppfølging ", "a later one"),
        (2016, "0501", "begge", "unknown_unit", "enhet",
         "", "9999", "a later one"),
        (2016, "1902", "barn_unge", "negative", "aarsverk_uh",
         "treatment_follow_up", "-1,5", "a later one"),
        (2017, "0105", "voksne", "not_a_number", "aarsverk_vgs_helse",
         "housing_with_staff", "3;5", "an earlier one"),
        (2017, "0710", "begge", "unit_not_in_force", "enhet",
         "", "0706", "a later one"),
        (2017, "1922", "voksne", "implausible_level", "aarsverk_vgs_helse",
         "home_follow_up", "450", "a later one"),
        (2018, "1106", "barn_unge", "unknown_target_group", "del",
         "", "ungdom", "a later one"),
        (2018, "5001", "begge", "unit_not_in_force", "enhet",
         "", "1601", "a later one"),
        (2018, "5004", "begge", "inconsistent_submission", "enhet",
         "day_activity", "5005", "a later one"),
        (2019, "0806", "begge", "inconsistent_submission", "mottatt",
         "home_follow_up", "2019-03-04T09:12", "a later one"),
        (2019, "1103", "voksne", "not_a_number", "aarsverk_uh_videre",
         "treatment_follow_up", "12 50", "a later one"),
        (2019, "1804", "barn_unge", "unknown_service", "tjeneste",
         "health_station_and_school_health", "Helsestasjon", "an earlier one"),
        (2020, "3024", "begge", "unit_not_in_force", "enhet",
         "", "0219", "a later one"),
        (2020, "4601", "begge", "unknown_unit", "enhet",
         "", "4600", "a later one"),
        (2020, "5001", "voksne", "not_a_number", "aarsverk_uh",
         "home_follow_up", "5,", "an earlier one"),
        (2021, "3004", "barn_unge", "duplicate_service", "tjeneste",
         "other_services", "AKTIVITETSTILBUD", "a later one"),
        (2021, "4203", "barn_unge", "unknown_target_group", "del",
         "", "barn", "a later one"),
        (2021, "5032", "begge", "unreadable_time", "mottatt",
         "", "2021-03-24T10:15Z", "nothing"),
        (2022, "1146", "voksne", "not_a_number", "aarsverk_uh",
         "treatment_follow_up", "1e3", "a later one"),
        (2022, "1870", "barn_unge", "negative", "aarsverk_uh_videre",
         "health_station_and_school_health", "-0,5", "an earlier one"),
        (2022, "4611", "begge", "inconsistent_submission", "enhet",
         "home_follow_up", "4612", "nothing"),
        (2022, "5425", "barn_unge", "implausible_level", "aarsverk_uh",
         "health_station_and_school_health", "250", "a later one"),
        (2023, "1539", "voksne", "unknown_service", "tjeneste",
         "fact_act", "FACT/ACT-team", "a later one"),
        (2023, "3806", "barn_unge", "not_a_number", "aarsverk_uh",
         "treatment_follow_up", "ca. 6", "an earlier one"),
        (2023, "5401", "begge", "unreadable_time", "mottatt",
         "", "2023-03-30T14:05+01:00", "a later one"),
        (2024, "3301", "begge", "unit_not_in_force", "enhet",
         "", "3005", "a later one"),
        (2024, "3907", "voksne", "unknown_service", "tjeneste",
         "fact_act", "ACT- og FACT-team", "a later one"),
        (2024, "4601", "barn_unge", "not_a_number", "aarsverk_b",
         "treatment_follow_up", "+3", "a later one"),
        (2025, "3201", "voksne", "duplicate_service", "tjeneste",
         "other_services", "Behandling, samtaler og oppfølging", "a later one"),
        (2025, "4612", "barn_unge", "not_a_number", "aarsverk_b",
         "health_station_and_school_health", "NaN", "nothing"),
        (2025, "5501", "voksne", "negative", "aarsverk_a",
         "housing_with_staff", "-12,5", "an earlier one"),
    )
]
# fmt: on

# Sent twice at the very same time: the greater submission id counts.
EQUAL_TIMES = {(2015, "0104"), (2019, "1902"), (2023, "4204"), (2025, "3105")}

# Large figures outside the scope, as they may be typed.
LARGE_OUT_OF_SCOPE = {
    (2016, "0301"): "1 250,5",
    (2019, "0301"): "1.310,25",
    (2021, "4601"): "1\u00a0105,5",
    (2023, "0301"): "1\u2009412.25",
    (2025, "0301"): "1 480",
}
UNREADABLE_SUMS = {(2024, "3107"): "se over", (2025, "4203"): "ca 12"}


# --- What is invented: readable forms that look wrong, and reviews -------------


@dataclass(frozen=True)
class Slip:
    """Cells of the form that counts, typed so that they can be read but look wrong."""

    year: int
    unit: str
    part: str
    service: str  # "" = every line
    column: str  # "" = every person-years column, and the sum
    raw: str
    meaning: str  # what happened


# fmt: off
SLIPS = [
    Slip(*line)
    for line in (
        (2025, "3303", ADULTS, "housing_with_staff", "aarsverk_b", "89",
         "8,9 without its comma"),
        (2025, "5059", ADULTS, "home_follow_up", "aarsverk_b", "61",
         "6,1 without its comma"),
        (2025, "4223", ADULTS, "housing_with_staff", "aarsverk_a", "16,8",
         "11 more in a new housing service"),
        (2025, "4223", ADULTS, "housing_with_staff", "aarsverk_b", "19,4",
         "9 more in a new housing service"),
        (2025, "4223", ADULTS, "housing_with_staff", "aarsverk_sum", "40,6",
         "the sum that goes with it"),
        (2025, "1824", ADULTS, "home_follow_up", "aarsverk_b", "",
         "7.4 forgotten; the sum is right"),
        (2025, "1820", CHILDREN, "", "", "", "nothing typed"),
        (2025, "5026", CHILDREN, "", "", "0", "zeros typed"),
    )
]
# fmt: on

# A later form with other figures, sent as a trial.
TRIALS = {(2025, "1106", CHILDREN)}


@dataclass(frozen=True)
class Review:
    """A reviewer's decision about the form that counts, or about a trial."""

    year: int
    unit: str
    part: str
    decision: str
    cell: tuple[str, str, str, str]  # service, column, old and new value
    decided_on: str
    role: str
    reason: str


WHOLE_PART = ("", "", "", "")

# fmt: off
REVIEWS = [
    Review(*line)
    for line in (
        (2025, "3303", ADULTS, "correct",
         ("housing_with_staff", "aarsverk_b", "89", "8,9"), "2025-04-28",
         "fagansvarlig", "Bekreftet på telefon: desimaltegnet manglet."),
        (2025, "4223", ADULTS, "accept", WHOLE_PART, "2025-05-05",
         "fagansvarlig", "Nytt botilbud fra januar; tallene er bekreftet."),
        (2025, "1106", CHILDREN, "reject", WHOLE_PART, "2025-05-06",
         "saksbehandler", "Prøveinnsending; den første skal gjelde."),
    )
]
# fmt: on

REMARKS = (
    "Tallene er anslått for uke 10.",
    "To stillinger er vakante, de er ikke regnet med.",
    'Stillingen "familieterapeut" er delt med nabokommunen.',
    "Økningen skyldes nytt botilbud, åpnet i høst.",
    "=1+1 stilling, se fjorårets skjema",
    "Psykolog i 50 %, resten kjøpes av helseforetaket",
    "Rus og psykisk helse er slått sammen; fordelingen er skjønnsmessig.",
    "Gjelder både hjemmetjeneste og ambulerende team, vanskelig å skille",
)

# Invented share of each service in a part's person-years, per cent.
SERVICE_WEIGHTS = {
    ADULTS: {
        "housing_with_staff": 37,
        "day_activity": 11,
        "home_follow_up": 25,
        "fact_act": 5,
        "prompt_mental_health_care": 4,
        "treatment_follow_up": 14,
        "other_services": 4,
    },
    CHILDREN: {
        HEALTH_STATION: 50,
        "treatment_follow_up": 23,
        "home_follow_up": 12,
        "fact_act": 3,
        "day_activity": 6,
        "other_services": 6,
    },
}
# Invented: how much more or less of each education a service has
# (further training, higher, upper secondary, other; from 2024 b, b, a, c-e).
SERVICE_TILT = {
    "housing_with_staff": (5, 8, 16, 13),
    "day_activity": (6, 8, 11, 18),
    "home_follow_up": (11, 11, 10, 8),
    "fact_act": (18, 11, 3, 5),
    "prompt_mental_health_care": (20, 10, 1, 8),
    "treatment_follow_up": (18, 11, 3, 5),
    HEALTH_STATION: (9, 13, 5, 5),
    "other_services": (8, 10, 10, 12),
}
SOME_HAVE = {"fact_act": 40, "prompt_mental_health_care": 30}  # per cent of units
CHILDREN_TILT = (12, 15, 3, 6)  # education of staff for children and youth
NEW_FORM_OTHER = (26, 44, 30)  # c, d, e in what the old form called other


# --- What is invented: answers to the questions --------------------------------


@dataclass(frozen=True)
class AnswerDefect:
    """An answer that cannot be used; the unit has no other to that question."""

    year: int
    unit: str
    part: str  # the part of the form that it came with
    check: str
    question: str  # as typed
    raw: tuple[str, ...]  # the answers as typed
    instead_of: str = ""  # the question that is left without an answer


# fmt: off
ANSWER_DEFECTS = [
    AnswerDefect(*line)
    for line in (
        (2023, "1108", ADULTS, "unknown_answer", "cooperation_pathway_3",
         ("Litt dårlig",)),
        (2023, "5444", CHILDREN, "unknown_question", "ventetid_barn",
         ("8 uker",), "requests_substance_use_children_youth"),
        (2024, "3403", ADULTS, "several_answers", "discharge_problems",
         ("some", "none")),
        (2024, "4640", ADULTS, "unknown_answer", "staff_use_changes",
         ("kommuneplan",)),
        (2025, "1506", ADULTS, "several_answers", "staff_use",
         ("changed", "planned")),
        (2025, "5601", CHILDREN, "unknown_answer",
         "requests_mental_health_children_youth", ("35 %",)),
    )
]
# fmt: on

# Per cent of those that answer, in the order in which answers are dealt out.
# Published are, for 2023: requests about mental health (large and small
# increase, unchanged), staff_use (half, and 21 planned), discharge problems
# (53 large or some) and poor cooperation (around ten); less than half are open.
ANSWER_SHARES: dict[int, dict[str, dict[str, int]]] = {
    2023: {
        "requests_mental_health_children_youth": {
            "large_increase": 34,
            "small_increase": 36,
            "unchanged": 21,
            "small_decrease": 3,
            "large_decrease": 1,
            "do_not_know": 5,
        },
        "requests_mental_health_adults": {
            "large_increase": 36,
            "small_increase": 41,
            "unchanged": 18,
            "small_decrease": 2,
            "large_decrease": 0,
            "do_not_know": 3,
        },
        "requests_substance_use_children_youth": {
            "large_increase": 6,
            "small_increase": 23,
            "unchanged": 58,
            "small_decrease": 3,
            "large_decrease": 0,
            "do_not_know": 10,
        },
        "requests_substance_use_adults": {
            "large_increase": 8,
            "small_increase": 27,
            "unchanged": 57,
            "small_decrease": 3,
            "large_decrease": 0,
            "do_not_know": 5,
        },
        "staff_use": {"changed": 50, "planned": 21, "unchanged": 29},
        "staff_use_changes": {
            "housing": 31,
            "outreach": 38,
            "low_threshold": 42,
            "new_posts_and_tasks": 47,
            "children_and_youth": 35,
            "fact": 29,
            "new_units": 17,
            "groups_and_activities": 26,
            "cooperation": 44,
            "other": 9,
        },
        "discharge_problems": {
            "large": 12,
            "some": 41,
            "none": 36,
            "not_relevant": 11,
        },
        "discharge_problem_reasons": {
            "lack_of_housing": 68,
            "short_notice": 55,
            "lack_of_staff": 37,
            "other": 12,
        },
        "cooperation_pathway_3": {
            "poor": 10,
            "good": 49,
            "fair": 34,
            "do_not_know": 7,
        },
        "open_afternoon_or_evening": {"yes": 44, "no": 56},
    },
}


def drifted(shares: dict[str, dict[str, int]], by: int) -> dict[str, dict[str, int]]:
    """A later year's shares: some per cent moved from the first answer to another."""
    moved = {}
    for question, answers in shares.items():
        codes = list(answers)
        later = dict(answers)
        later[codes[0]] -= by
        later[codes[2 % len(codes)]] += by
        moved[question] = later
    return moved


ANSWER_SHARES[2024] = drifted(ANSWER_SHARES[2023], 3)
ANSWER_SHARES[2025] = drifted(ANSWER_SHARES[2024], -1)

# How much an answer grows with the size of the municipality: per cent for each
# step between population-size groups.
ANSWER_TILT = {
    ("requests_mental_health_children_youth", "large_increase"): 8,
    ("requests_mental_health_adults", "large_increase"): 8,
    ("staff_use", "changed"): 18,
    ("staff_use_changes", "fact"): 20,
    ("staff_use_changes", "new_units"): 15,
    ("discharge_problems", "large"): 12,
    ("open_afternoon_or_evening", "yes"): 15,
}
