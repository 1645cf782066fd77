"""R23: the built file beside a plain reading of the rule, finding by finding."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
import yaml

from conftest import ROOT, Build
from naive_model import Cells
from naive_soft_checks import (
    Contact,
    Finding,
    Part,
    Place,
    SoftChecks,
    far_changes,
    far_levels,
    quartile,
)

REFERENCE = ROOT / "seeds" / "reference"
LIMITS = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
YEARS = sorted(
    int(path.stem[-4:]) for path in ROOT.glob("seeds/submissions/submissions_*.csv")
)
TOLERANCE = Decimal("0.0000001")  # where floats are behind a number
AGAINST_THE_YEAR_BEFORE = {
    "large_change",
    "falls_to_zero",
    "unchanged_form",
    "outlier_change",
}
SOFT_RULES = {"sum_differs", "outlier_level", *AGAINST_THE_YEAR_BEFORE}


@dataclass(frozen=True)
class Expected:
    """What R23 says about the demo."""

    findings: list[Finding]
    contacts: list[Contact]
    accepted: set[tuple[int, str, str]]


@pytest.fixture(scope="module")
def expected(build: Build) -> Expected:
    """Read R23 on what the earlier rules have decided."""
    checks = SoftChecks(REFERENCE, LIMITS, parts_of(build))
    corrections = defaultdict(dict)
    for year, *cell, new_value in build.query(
        """select
            year, submission_id, target_group, service_label, column_name, new_value
        from marts.fct_review where decision = 'correct'"""
    ):
        corrections[year][tuple(cell)] = new_value
    accepted = set(
        build.query(
            """select year, submission_id, target_group
            from marts.fct_review where decision = 'accept'"""
        )
    )
    findings = list(checks.odd_parts())
    for year in YEARS:
        rows = raw_rows(build, year)
        findings += checks.wrong_sums(year, rows, corrections[year])
    return Expected(findings, checks.contacts(findings, accepted), accepted)


def parts_of(build: Build) -> dict[Place, Part]:
    cells: dict[Place, Cells] = defaultdict(dict)
    for *place, service, education, fte in build.query(
        """select
            year, reporting_unit_code, target_group, service_code, education_code, fte
        from intermediate.int_person_years__carried_forward"""
    ):
        cells[tuple(place)][service, education] = fte
    responses = build.query(
        """select
            year, reporting_unit_code, target_group,
            status, fte, population, submission_id
        from marts.fct_response where status != 'missing'"""
    )
    return {
        tuple(place): Part(
            is_reported=status == "reported",
            fte=fte,
            cells=cells[tuple(place)],
            population=population,
            submission_id=submission_id,
        )
        for *place, status, fte, population, submission_id in responses
    }


def raw_rows(build: Build, year: int) -> list[dict[str, str | None]]:
    columns = [
        name
        for (name,) in build.query(
            f"""select column_name from duckdb_columns()
            where schema_name = 'raw' and table_name = 'submissions_{year}'
            order by column_index"""
        )
    ]
    rows = build.query(f"select * from raw.submissions_{year}")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def differences(expected: Iterable[tuple], found: Iterable[tuple]) -> list[str]:
    """Rows that the two do not share; a row's last number may come from floats."""
    one, other = by_all_but_the_last(expected), by_all_but_the_last(found)
    return [
        f"{key}: expected {one.get(key)}, found {other.get(key)}"
        for key in sorted({*one, *other}, key=repr)
        if not (key in one and key in other and abs(one[key] - other[key]) <= TOLERANCE)
    ]


def by_all_but_the_last(rows: Iterable[tuple]) -> dict[tuple, Decimal]:
    rows = list(rows)
    keyed = {tuple(key): value for *key, value in rows}
    assert len(keyed) == len(rows), "a row stands twice"
    return keyed


# --- The built file -----------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_r23_the_soft_findings_are_those_of_a_plain_reading(
    build: Build, expected: Expected, year: int
) -> None:
    found = build.query(
        f"""select
            reporting_unit_code, target_group, rule_code, submission_id,
            service_label, set_aside_by, fte, compared_fte
        from marts.fct_submission_issue where kind = 'soft' and year = {year}"""
    )
    plain = []
    for f in expected.findings:
        of_year, unit, group = f.place
        is_accepted = (of_year, f.submission_id, group) in expected.accepted
        set_aside_by = "accept" if is_accepted else None
        named = (unit, group, f.rule_code, f.submission_id, f.label, set_aside_by)
        if of_year == year:
            plain.append((*named, Decimal(f.fte), f.compared_fte))
    assert differences(plain, found) == []


@pytest.mark.parametrize("year", YEARS)
def test_r23_those_to_contact_stand_in_the_order_of_a_plain_reading(
    build: Build, expected: Expected, year: int
) -> None:
    found = build.query(
        f"""select
            reporting_unit_code, target_group, n_findings, rule_codes, fte_before,
            influence_fte
        from marts.fct_contact_list where year = {year} order by contact_order"""
    )
    plain = [
        (
            *contact.place[1:],
            len(contact.rule_codes),
            ", ".join(sorted(contact.rule_codes)),
            contact.fte_before,
            contact.influence,
        )
        for contact in expected.contacts
        if contact.place[0] == year
    ]
    assert differences(plain, found) == []
    assert [row[:2] for row in plain] == [row[:2] for row in found]


def test_r23_every_soft_rule_finds_something_in_the_demo(build: Build) -> None:
    found = dict(
        build.query(
            """select rule_code, count(*)
            from marts.fct_submission_issue where kind = 'soft' group by rule_code"""
        )
    )
    assert set(found) == SOFT_RULES
    assert min(found.values()) >= 2


def test_r10_r23_nothing_is_compared_with_the_year_before_a_series_began(
    build: Build,
) -> None:
    found = build.query(
        """select year, rule_code
        from marts.fct_submission_issue where kind = 'soft' and year in (2015, 2024)"""
    )
    assert found
    assert [row for row in found if row[1] in AGAINST_THE_YEAR_BEFORE] == []
    assert build.query(
        """select count(*) from marts.fct_contact_list
        where year in (2015, 2024) and fte_before is not null"""
    ) == [(0,)]


# --- The plain reading itself, on cases worked out by hand --------------------------


def reported(fte: str, population: int = 0, cell: str = "b") -> Part:
    """An answer with all its person-years in one cell."""
    return Part(True, Decimal(fte), {("home", cell): Decimal(fte)}, population, "s")


def carried(fte: str, population: int = 0) -> Part:
    return Part(False, Decimal(fte), {("home", "b"): Decimal(fte)}, population)


def adults(year: int, **units: Part) -> dict[Place, Part]:
    """Parts of one year; a unit is written with a u before its code."""
    return {(year, unit[1:], "adults"): part for unit, part in units.items()}


def rules_found(parts: dict[Place, Part]) -> Counter:
    """Year, unit and rule of all findings."""
    findings = SoftChecks(REFERENCE, LIMITS, parts).odd_parts()
    return Counter((f.place[0], f.place[1], f.rule_code) for f in findings)


def change(old: str, now: str) -> set[str]:
    """The rules that a single unit's change breaks."""
    parts = adults(2018, u1103=reported(old)) | adults(2019, u1103=reported(now))
    return {rule for _, _, rule in rules_found(parts)}


def test_quartiles_lie_between_the_two_nearest_values() -> None:
    # Of four values the first quartile is three quarters of the way to the second.
    assert [quartile([4, 1, 3, 2], number) for number in (1, 2, 3)] == [1.75, 2.5, 3.25]
    assert [quartile([5, 1, 2, 4, 3], number) for number in (1, 2, 3)] == [2, 3, 4]


def changes_from_100(*now: int) -> dict[str, tuple[Decimal, Decimal]]:
    return {str(fte): (Decimal(100), Decimal(fte)) for fte in now}


def test_a_change_is_far_when_its_effect_is_20_quartile_distances_away() -> None:
    # Median ratio 1. Effects -1.01, -0.10, 0, 2.31 (0.21 x 11) and 240 (8 x 30).
    # Above: 0 + 20 x 2.31 = 46.2. Below: 0 - 20 x 0.10 = -2.01.
    assert far_changes(changes_from_100(90, 99, 100, 121, 900), LIMITS) == ({"900"}, 1)
    # 324: effect 2.24 x 18 = 40.3, below 46.2. 400: 3 x 20 = 60, above it.
    assert far_changes(changes_from_100(90, 99, 100, 121, 324), LIMITS) == (set(), 1)
    assert far_changes(changes_from_100(90, 99, 100, 121, 400), LIMITS)[0] == {"400"}
    # 4: effect (1 - 1 / 0.04) x 10 = -240, below -20 x 2.35 (81: 1 - 1 / 0.81).
    assert far_changes(changes_from_100(4, 81, 100, 101, 102), LIMITS)[0] == {"4"}


def test_a_change_is_judged_by_the_size_of_the_unit() -> None:
    # Two doublings, one of them of a hundred times as many person-years.
    units = {
        "less": (Decimal(200), Decimal(180)),
        "same": (Decimal(100), Decimal(100)),
        "more": (Decimal(100), Decimal(104)),
        "small": (Decimal(1), Decimal(2)),
        "large": (Decimal(100), Decimal(200)),
    }
    # Median ratio 1.04. Upper quartile: small, 0.923 x 1.41 = 1.31, so that the limit
    # is 26.1; large has 0.923 x 14.1 = 13.1.
    assert far_changes(units, LIMITS) == (set(), 1.04)
    units["large"] = (Decimal(100), Decimal(400))  # 2.846 x 20 = 56.9
    assert far_changes(units, LIMITS)[0] == {"large"}


def test_four_units_are_no_group() -> None:
    assert far_changes(changes_from_100(99, 100, 101, 900), LIMITS) == (set(), None)
    assert far_levels({"a": 1, "b": 2, "c": 3, "d": 99}, LIMITS) == (set(), None)


def test_a_level_is_far_above_a_robust_z_of_3_5() -> None:
    # Median 3, distances 2, 1, 0, 1 and the last; their median 1: 3.5 / 0.6745 = 5.189.
    rates = {"a": 1, "b": 2, "c": 3, "d": 4}
    assert far_levels({**rates, "e": 8.18}, LIMITS) == (set(), 3)
    assert far_levels({**rates, "e": 8.20}, LIMITS) == ({"e"}, 3)
    # Most have the very same level: the median distance is 0.
    assert far_levels({"a": 3, "b": 3, "c": 3, "d": 4, "e": 99}, LIMITS) == (set(), 3)


def test_a_change_is_large_above_25_per_cent_and_2_person_years() -> None:
    assert change("8", "10") == set()  # 25 %, 2
    assert change("8", "10.0001") == {"large_change"}
    assert change("100", "125") == set()  # 25 %
    assert change("4", "6") == set()  # 2
    assert change("0", "2.1") == {"large_change"}  # of any per cent
    assert change("12", "9.5") == set()  # 21 %
    assert change("9", "6.5") == {"large_change"}


def test_a_part_falls_to_zero_from_something() -> None:
    assert change("1", "0") == {"falls_to_zero"}
    assert change("3", "0") == {"falls_to_zero", "large_change"}
    assert change("0", "0") == set()


def test_a_form_is_unchanged_when_every_cell_is() -> None:
    assert change("3", "3") == {"unchanged_form"}
    before = adults(2018, u1103=reported("3", cell="b"))
    assert not rules_found(before | adults(2019, u1103=reported("3", cell="a")))
    zero = {("home", "b"): Decimal(3), ("home", "a"): Decimal(0)}
    with_a_zero = Part(True, Decimal(3), zero, submission_id="s")
    assert rules_found(before | adults(2019, u1103=with_a_zero))
    # A silent unit's figures are no form; an answer may repeat what was carried.
    assert not rules_found(before | adults(2019, u1103=carried("3")))
    assert rules_found(
        adults(2018, u1103=carried("3")) | adults(2019, u1103=reported("3"))
    )


def test_the_year_before_is_that_of_the_predecessors() -> None:
    # 1103, 1141 and 1142 became 1103 in 2020; 0.46 of 1850 came to 1806.
    old = adults(
        2019,
        u1103=reported("10"),
        u1141=carried("4"),
        u1142=reported("1"),
        u1805=reported("3"),
        u1850=reported("10"),
        u1854=reported("2"),
    )
    new = adults(2020, u1103=reported("15"), u1806=reported("9.6"))
    assert rules_found(old | new) == {
        (2020, "1103", "unchanged_form"): 1,
        (2020, "1806", "unchanged_form"): 1,
    }
    # Without a value of one of them there is nothing to compare with.
    del old[2019, "1142", "adults"], old[2019, "1850", "adults"]
    assert not rules_found(old | new)


def test_no_part_is_compared_across_2023_and_2024() -> None:
    parts = adults(2023, u1103=reported("30")) | adults(2024, u1103=reported("0"))
    assert not rules_found(parts)
    parts = adults(2024, u1103=reported("30")) | adults(2025, u1103=reported("0"))
    assert len(rules_found(parts)) == 2


def test_carried_values_belong_to_the_level_of_a_group_and_not_to_its_changes() -> None:
    # Oslo's units are a group; the city-wide one has no inhabitants, so no level.
    old = adults(
        2018,
        u030101=reported("1", 1000),
        u030102=reported("2", 1000),
        u030103=reported("3", 1000),
        u030104=carried("4", 1000),
        u0301=reported("500"),
    )
    new = adults(
        2019,
        u030101=reported("1.1", 1000),
        u030102=reported("2.2", 1000),
        u030103=carried("3", 1000),
        u030104=reported("4.4", 1000),
        u030105=reported("40", 1000),
        u0301=reported("500"),
    )
    # 2019: rates 1.1, 2.2, 3, 4.4 and 40. Only three reported in both years.
    assert rules_found(old | new) == {
        (2019, "030105", "outlier_level"): 1,
        (2019, "0301", "unchanged_form"): 1,
    }
    # What was carried is not judged itself.
    new[2019, "030105", "adults"] = carried("40", 1000)
    assert rules_found(old | new) == {(2019, "0301", "unchanged_form"): 1}


def form(label: str, own_sum: str | None, b: str) -> dict[str, str | None]:
    """A line for adults with everything in b."""
    cells = dict.fromkeys([f"aarsverk_{letter}" for letter in "acde"])
    typed = {"tjeneste": label, "aarsverk_b": b, "aarsverk_sum": own_sum}
    return {"innsending_id": "s", "enhet": "1103", "del": "voksne", **cells, **typed}


def test_a_sum_differs_from_its_cells_by_more_than_a_tenth() -> None:
    checks = SoftChecks(REFERENCE, LIMITS, {})

    def found(own_sum: str | None, b: str, corrections: dict | None = None) -> list:
        rows = [form("FACT/ACT-team", own_sum, b)]
        findings = checks.wrong_sums(2025, rows, corrections or {})
        return [(float(f.fte), float(f.compared_fte)) for f in findings]

    assert found("8,1", "8") == []
    assert found("8,1001", "8") == [(8, 8.1001)]
    assert found("7,8", "8") == [(8, 7.8)]
    assert found(None, "8") == found(" ", "8") == []
    assert found("-", "8") == [(8, 0)]
    assert found("ca 12", "8") == found("12", "ca 8") == []
    corrections = {("s", "adults", "FACT/ACT-team", "aarsverk_b"): "8,9"}
    assert found("8,9", "89", corrections) == []
    assert found("89", "89", corrections) == [(8.9, 89)]


def test_the_sums_of_a_part_weigh_together_and_only_in_scope() -> None:
    parts = adults(2025, u1103=reported("50"))
    checks = SoftChecks(REFERENCE, LIMITS, parts)

    def influence(*rows: dict[str, str | None]) -> list[Decimal]:
        found = list(checks.wrong_sums(2025, rows, {}))
        assert len(found) == len(rows)
        return [contact.influence for contact in checks.contacts(found, set())]

    assert influence(form("FACT/ACT-team", "11", "8")) == [3]
    assert influence(form("Tjenester ved demens", "11", "8")) == [0]
    rph = form("rask psykisk helsehjelp (rph)", "7", "9")
    assert influence(form("FACT/ACT-team", "11", "8"), rph) == [1]


def test_the_largest_finding_counts_and_an_accepted_part_is_settled() -> None:
    # Ratios 1, 1.05, 1.1, 1.15 and 1.2: with the middle change the first has 11.
    now = {
        "030101": "10",
        "030102": "10.5",
        "030103": "11",
        "030104": "11.5",
        "0301": "12",
    }
    parts = {}
    for unit, fte in now.items():
        parts[2018, unit, "adults"] = reported("10")
        parts[2019, unit, "adults"] = reported(fte)
    parts[2018, "1103", "adults"] = reported("3")
    parts[2019, "1103", "adults"] = replace(reported("0"), submission_id="zero")
    checks = SoftChecks(REFERENCE, LIMITS, parts)
    findings = list(checks.odd_parts())
    zero = Contact(
        (2019, "1103", "adults"),
        Decimal(3),
        Decimal(3),
        frozenset({"falls_to_zero", "large_change"}),
    )
    same = Contact(
        (2019, "030101", "adults"),
        Decimal(1),
        Decimal(10),
        frozenset({"unchanged_form"}),
    )
    assert checks.contacts(findings, set()) == [zero, same]
    assert checks.contacts(findings, {(2019, "zero", "adults")}) == [same]
    # A submission that does not count is nobody's reason to phone.
    other = Finding(same.place, "sum_differs", "earlier", *[Decimal(9)] * 3, "FACT")
    assert checks.contacts([*findings, other], set()) == [zero, same]
