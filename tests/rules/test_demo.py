"""The demo submissions: made again, in the form's layout, with known defects."""

import csv
import re
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from demo import answers, forms
from demo.figures import Reference
from demo.plan import DEFECTS, RAW_PART, SILENT

PROJECT = Path(__file__).resolve().parents[2]
COMMITTED = PROJECT / "seeds" / "submissions"
REFERENCE = PROJECT / "seeds" / "reference"
YEARS = range(2015, 2026)

LEGACY = "aarsverk_uh_videre,aarsverk_uh,aarsverk_vgs_helse,aarsverk_annen"
CURRENT = "aarsverk_a,aarsverk_b,aarsverk_c,aarsverk_d,aarsverk_e"
CHECKS = {
    "unknown_unit",
    "unit_not_in_force",
    "unknown_target_group",
    "unknown_service",
    "duplicate_service",
    "not_a_number",
    "negative",
    "unreadable_time",
    "inconsistent_submission",
    "implausible_level",
}


@pytest.fixture(scope="module")
def inboxes():
    """The submissions of all years, worked out again."""
    return forms.fill_all(Reference(REFERENCE))


def rows_of(year):
    path = COMMITTED / f"submissions_{year}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(name):
    path = REFERENCE / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_making_them_again_gives_the_same_bytes(inboxes, tmp_path):
    for inbox in inboxes:
        path = forms.write(inbox, tmp_path)
        committed = (COMMITTED / path.name).read_bytes()
        assert path.read_bytes() == committed, f"{path.name} is not what is committed"
        if inbox.year in answers.YEARS:
            path = answers.write(
                Reference(REFERENCE), inbox.year, inbox.sent(), tmp_path
            )
            assert path.read_bytes() == (COMMITTED / path.name).read_bytes()
    path = forms.write_reviews(inboxes, tmp_path)
    assert path.read_bytes() == (COMMITTED / path.name).read_bytes()


def test_every_year_of_the_demo_has_a_file():
    names = {path.name for path in COMMITTED.glob("submissions_*.csv")}
    assert names >= {f"submissions_{year}.csv" for year in YEARS}


@pytest.mark.parametrize("year", YEARS)
def test_layout_is_that_of_the_form(year):
    content = (COMMITTED / f"submissions_{year}.csv").read_bytes()
    education = LEGACY if year < 2024 else f"{CURRENT},aarsverk_sum"
    header = f"innsending_id,enhet,mottatt,del,tjeneste,{education},merknad"
    assert content.split(b"\n", 1)[0].decode("utf-8") == header
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize("year", YEARS)
def test_submission_ids_are_unique_and_in_order(year):
    ids = [row["innsending_id"] for row in rows_of(year)]
    assert ids == sorted(ids)
    assert set(ids) == {f"demo-{year}-{n:06d}" for n in range(1, len(set(ids)) + 1)}


# A reading of the files of its own, for what fails which hard check.


def number(text):
    """The number that a cell holds, or None."""
    text = text.strip(" \u00a0")
    sign, digits = (-1, text[1:]) if text[:1] == "-" else (1, text)
    if not digits:
        return 0
    if re.fullmatch(r"\d{1,3}([ \u00a0\u2009]\d{3})+([.,]\d+)?", digits):
        digits = re.sub("[ \u00a0\u2009]", "", digits)
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", digits):
        digits = digits.replace(".", "")
    if not re.fullmatch(r"\d+|\d*[.,]\d+", digits):
        return None
    return sign * float(digits.replace(",", "."))


def readable(text):
    """Whether a time of receipt is a date or a date-time without zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return False
    return time.tzinfo is None and not text.endswith("Z")


def in_force():
    """The reporting units of every year."""
    districts = {
        row["district_code"]
        for row in seed("districts")
        if (row["municipality_code"], row["district_kind"]) == ("0301", "district")
    }
    units = {year: set(districts) for year in YEARS}
    for row in seed("municipalities"):
        for year in YEARS:
            if int(row["first_year"]) <= year <= int(row["last_year"] or 9999):
                units[year].add(row["municipality_code"])
    return units


def failed_checks():
    """The hard checks that each part of each submission fails, read naively."""
    units = in_force()
    known = set().union(*units.values())
    labels = defaultdict(set)
    for row in seed("services"):
        key = row["form_edition"], RAW_PART[row["target_group"]]
        labels[key].add(row["label"].casefold())
    people = {
        (row["year"], row.get("municipality_code") or row["district_code"]): int(
            row["population"]
        )
        for name in ("population", "district_population")
        for row in seed(name)
    }
    failed = {}
    for year in YEARS:
        edition = "legacy" if year < 2024 else "current"
        columns = (LEGACY if year < 2024 else CURRENT).split(",")
        submissions = defaultdict(list)
        for row in rows_of(year):
            submissions[row["innsending_id"]].append(row)
        for submission, rows in submissions.items():
            sent = {(row["enhet"], row["mottatt"]) for row in rows}
            for part in sorted({row["del"] for row in rows}):
                lines = [row for row in rows if row["del"] == part]
                services = [row["tjeneste"].strip().casefold() for row in lines]
                cells = [number(row[name]) for row in lines for name in columns]
                numbers = [cell for cell in cells if cell is not None]
                unit = lines[0]["enhet"]
                ceiling = people.get((str(year), unit), 10**9) / 10
                found = {
                    "inconsistent_submission": len(sent) > 1,
                    "unknown_unit": unit not in known,
                    "unit_not_in_force": unit in known and unit not in units[year],
                    "unknown_target_group": part not in RAW_PART.values(),
                    "unknown_service": part in RAW_PART.values()
                    and not labels[edition, part].issuperset(services),
                    "duplicate_service": len(set(services)) < len(services),
                    "not_a_number": None in cells,
                    "negative": min(numbers) < 0,
                    "unreadable_time": not all(readable(time) for _, time in sent),
                    "implausible_level": sum(numbers) > ceiling,
                }
                failed[year, submission, part] = {c for c, bad in found.items() if bad}
    return failed


@pytest.fixture(scope="module")
def failed():
    return failed_checks()


def test_what_fails_is_what_was_planted(inboxes, failed):
    planted = {
        (inbox.year, form.submission_id): form.defect.check
        for inbox in inboxes
        for form in inbox.forms
        if form.defect
    }
    assert len(planted) == len(DEFECTS)
    found = {}
    for (year, submission, _), checks in failed.items():
        for check in checks:
            assert found.setdefault((year, submission), check) == check
    assert found == planted


def test_every_hard_check_fails_at_least_twice():
    counts = Counter(defect.check for defect in DEFECTS)
    assert set(counts) == CHECKS
    assert min(counts.values()) >= 2


def test_who_is_silent_is_who_is_said_to_be(failed):
    units = in_force()
    raw_parts = {raw: part for part, raw in RAW_PART.items()}
    sent = defaultdict(set)
    for year in YEARS:
        for row in rows_of(year):
            if not failed[year, row["innsending_id"], row["del"]]:
                sent[year].add((row["enhet"], raw_parts[row["del"]]))
    for year in YEARS:
        expected = {(unit, part) for unit in units[year] for part in RAW_PART}
        assert expected - sent[year] == SILENT.get(year, set()), year


def test_response_is_as_published():
    both = {
        year: sum(count == 2 for count in Counter(u for u, _ in missing).values())
        for year, missing in SILENT.items()
    }
    assert both[2020] == len(SILENT[2020]) / 2 == 66
    assert both[2021] == len(SILENT[2021]) / 2 == 24
    by_part = Counter(part for _, part in SILENT[2025])
    assert by_part == {"adults": 5, "children_youth": 15}
    assert both[2025] == 4


def test_the_page_shows_the_tables(inboxes):
    page = (PROJECT / "docs" / "demo-data.md").read_text(encoding="utf-8")
    assert forms.silent_table(Reference(REFERENCE)) in page
    assert forms.defect_table(inboxes) in page
    assert forms.slip_table(Reference(REFERENCE)) in page
    assert forms.answer_defect_table(inboxes) in page
