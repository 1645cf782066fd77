"""R17-R22 once more, in plain Python: slow, simple, and not made from the SQL.

Written from docs/methods.md, docs/decisions and the seeds, to be read beside them.
It takes raw rows as they stand in ``seeds/submissions`` and says what becomes of each
of them, and what every unit of the register has in every year. ``test_properties.py``
holds the project against it. All numbers are exact decimals: nothing is rounded but a
typed number with more than four decimals.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SPACES = " \u00a0\u2009\u202f"  # ordinary, no-break, thin, narrow no-break
MINUS_SIGNS = "-\u2212"
OWN_SUM = "aarsverk_sum"
OSLO = "0301"
ZERO = Decimal(0)

Row = dict[str, str]  # one raw row: the year, and the columns of its file
Cells = dict[tuple[str, str], Decimal]  # (service, education): person-years


@dataclass(frozen=True)
class Settings:
    """The vars that R17-R22 depend on."""

    editions: dict[int, str]  # collection year: form edition
    across_break: bool = True
    max_years: int | None = None
    ceiling: Decimal = Decimal(100)


@dataclass(frozen=True)
class Number:
    """A typed cell as R22 reads it."""

    status: str  # number, negative, not_a_number
    value: Decimal = ZERO
    too_many_decimals: bool = False


@dataclass(frozen=True)
class Response:
    """What a unit has for a part in a year (R18)."""

    status: str
    submission_id: str | None = None
    source_year: int | None = None
    years_carried: int | None = None
    is_nil: bool | None = None
    fte: Decimal | None = None


@dataclass(frozen=True)
class Submission:
    """A part of a submission, and what became of its rows (R20, R21)."""

    outcome: str
    n_errors: int
    rows_read: int
    rows_used: int
    rows_out_of_scope: int
    rows_superseded: int
    rows_rejected: int
    fte: Decimal
    fte_out_of_scope: Decimal


@dataclass(frozen=True)
class Result:
    """Everything that the model says about a set of submissions."""

    responses: dict[tuple[int, str, str], Response]
    submissions: dict[tuple[int, str, str], Submission]
    # year, submission, part, unit, service label, column, raw text, rule
    findings: Counter[tuple]
    # year, unit, part, service, education
    cells: dict[tuple[int, str, str, str, str], Decimal]


def compared(label: str) -> str:
    """R21: a label as it is compared: without outer blanks, without capitals."""
    return label.strip(SPACES + "\t\r\n").lower()


def read_number(text: str) -> Number:
    """R22: what a typed cell says."""
    text = text.strip(SPACES)
    if text in ("", "-"):
        return Number("number")
    has_minus = text[0] in MINUS_SIGNS
    digits = whole_and_decimals(text[1:] if has_minus else text)
    if digits is None:
        return Number("not_a_number")
    if has_minus:
        return Number("negative")
    whole, decimals = digits
    too_many_decimals = len(decimals) > 4
    if len(whole.lstrip("0")) > 9:
        return Number("number", Decimal(999_999_999), too_many_decimals)
    exact = Decimal(f"{whole or '0'}.{decimals or '0'}")
    value = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return Number("number", value, too_many_decimals)


def whole_and_decimals(text: str) -> tuple[str, str] | None:
    """R22: the digits before and after the decimal sign; None if refused."""
    if "," in text:
        sign = ","
    elif text.count(".") == 1:
        sign = "."
    else:
        sign = None
    whole, decimals = text, ""
    if sign:
        whole, _, decimals = text.partition(sign)
        if not is_digits(decimals):
            return None
        if not whole:
            return "", decimals
    if "." in whole and sign == ",":
        groups = whole.split(".")
    else:
        groups = re.split(f"[{SPACES}]", whole)
    if not all(is_digits(group) for group in groups):
        return None
    first, *rest = groups
    if rest and (len(first) > 3 or any(len(group) != 3 for group in rest)):
        return None
    return "".join(groups), decimals


def is_digits(text: str) -> bool:
    """Whether there is a text and all of it is 0-9."""
    return text != "" and all(character in "0123456789" for character in text)


def read_time(text: str) -> datetime | None:
    """R21: an ISO 8601 date or date-time without zone; None if refused."""
    match = re.fullmatch(
        "([0-9]{4})-([0-9]{2})-([0-9]{2})"
        "(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?)?",
        text,
    )
    if match is None:
        return None
    *parts, fraction = match.groups("0")
    try:
        return datetime(*map(int, parts), int(fraction.ljust(6, "0")[:6]))
    except ValueError:  # no such day, no such hour
        return None


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a seed."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class NaiveModel:
    """R17-R22 with the seeds of ``seeds/reference`` and one choice of vars."""

    def __init__(
        self, reference: Path, settings: Settings, only: Iterable[str] = ()
    ) -> None:
        """Read the seeds: of the municipalities all, or only some."""
        self.settings = settings
        self.municipalities = [
            row
            for row in read_csv(reference / "municipalities.csv")
            if not only or row["municipality_code"] in only
        ]
        self.districts = [
            row
            for row in read_csv(reference / "districts.csv")
            if row["is_reporting_unit"] == "true"
        ]
        self.changes = defaultdict(list)  # (year, new code): old codes and shares
        for row in read_csv(reference / "municipality_changes.csv"):
            if row["kind"] != "partial":
                self.changes[int(row["change_year"]), row["new_code"]].append(
                    (row["old_code"], Decimal(row["share"]))
                )
        self.inhabitants = {
            (int(row["year"]), row[code]): int(row["population"])
            for name, code in (
                ("population", "municipality_code"),
                ("district_population", "district_code"),
            )
            for row in read_csv(reference / f"{name}.csv")
        }
        self.target_groups = {
            row["raw_label"]: row["target_group"]
            for row in read_csv(reference / "target_groups.csv")
        }
        self.services = {
            (row["form_edition"], row["target_group"], compared(row["label"])): (
                row["service_code"],
                row["in_scope"] == "true",
            )
            for row in read_csv(reference / "services.csv")
        }
        self.carried_to = {}  # R6: old category: new category
        self.form_columns = defaultdict(dict)  # R4, R5: edition: column: category
        for row in read_csv(reference / "education_categories.csv"):
            self.carried_to[row["education_code"]] = row["carried_to"]
            if row["raw_column"]:
                columns = self.form_columns[row["form_edition"]]
                columns[row["raw_column"]] = row["education_code"]
        self.severity = {
            row["rule_code"]: row["severity"]
            for row in read_csv(reference / "rules.csv")
        }
        self.registers = {year: self.register(year) for year in settings.editions}

    # --- R17: who must answer ---------------------------------------------------

    def register(self, year: int) -> dict[str, int]:
        """R17: the units that must answer, and the inhabitants each is held against.

        Oslo's own code stands for its city-wide unit, held against all of Oslo.
        """
        units = [
            row["municipality_code"]
            for row in self.municipalities
            if in_force(row, year)
        ] + [row["district_code"] for row in self.districts if in_force(row, year)]
        return {unit: self.inhabitants[year, unit] for unit in units}

    def is_in_some_register(self, unit: str) -> bool:
        """R21: whether the code was or will be a unit's, in whatever year."""
        return any(unit == row["municipality_code"] for row in self.municipalities) or (
            any(unit == row["district_code"] for row in self.districts)
        )

    def predecessors(self, year: int, unit: str) -> list[tuple[str, Decimal]]:
        """R18: whose person-years of the year before are the unit's, and what share."""
        return self.changes.get((year, unit), [(unit, Decimal(1))])

    # --- R21, R22: checks -------------------------------------------------------

    def service(self, edition: str, group: str, label: str) -> tuple[str, bool] | None:
        """R3, R7: the service that a label means, and whether it is in scope."""
        return self.services.get((edition, group, compared(label)))

    def findings_of_part(
        self, year: int, group: str, part: list[Row], submission: list[Row]
    ) -> list[tuple]:
        """R21, R22: all that is wrong with one part of one submission.

        A finding about a line or a cell names the unit on that line; one about the
        whole part names the part's unit, of several the first in the order of text.
        """
        edition = self.settings.editions[year]
        identifier = part[0]["innsending_id"]
        units = sorted({row["enhet"] for row in part})
        found = []

        def find(rule, unit, column=None, raw=None, label=None):
            found.append((year, identifier, group, unit, label, column, raw, rule))

        for unit in units:
            if not self.is_in_some_register(unit):
                find("unknown_unit", unit, "enhet", unit)
            elif unit not in self.registers[year]:
                find("unit_not_in_force", unit, "enhet", unit)
            if not identifier.strip(SPACES):
                find("empty_submission_id", unit, "innsending_id", identifier)
        for unit, text in {(row["enhet"], row["del"]) for row in part}:
            if group == "unknown":
                find("unknown_target_group", unit, "del", text)
        for unit, text in {(row["enhet"], row["mottatt"]) for row in part}:
            if read_time(text) is None:
                find("unreadable_time", unit, "mottatt", text)
        # One moment written in two ways is one time; an unreadable text is another.
        times = {read_time(row["mottatt"]) or row["mottatt"] for row in submission}
        if len(times) > 1 or len({row["enhet"] for row in submission}) > 1:
            for unit in units:
                find("inconsistent_submission", unit, "innsending_id")

        same_label = defaultdict(list)
        for row in part:
            key = (row["del"], compared(row["tjeneste"]))
            same_label[key].append(row["tjeneste"])
        for labels in same_label.values():
            if len(labels) > 1:
                label = min(labels)
                find("duplicate_service", units[0], "tjeneste", label, label)

        total = ZERO
        for row in part:
            unit, label = row["enhet"], row["tjeneste"]
            if group != "unknown" and not self.service(edition, group, label):
                find("unknown_service", unit, "tjeneste", label, label)
            for column in self.form_columns[edition]:
                number = read_number(row[column])
                total += number.value
                if number.status != "number":
                    find(number.status, unit, column, row[column], label)
                if number.too_many_decimals:
                    find("more_than_four_decimals", unit, column, row[column], label)
            if read_number(row.get(OWN_SUM, "")).status != "number":
                find("unreadable_sum", unit, OWN_SUM, row[OWN_SUM], label)
        inhabitants = self.registers[year].get(units[0])
        if inhabitants and total * 1000 > self.settings.ceiling * inhabitants:
            find("implausible_level", units[0], raw=f"{total.normalize():f}")
        return found

    # --- R20: which submission counts -------------------------------------------

    def judge(self, rows: Iterable[Row]) -> Result:
        """R18, R20, R21: what becomes of every row, and what every unit has."""
        submissions = defaultdict(list)
        for received in rows:
            row = {column: text or "" for column, text in received.items()}
            submissions[row["year"], row["innsending_id"]].append(row)

        parts, findings = {}, {}
        for (year, identifier), submission in submissions.items():
            for row in submission:
                group = self.target_groups.get(row["del"], "unknown")
                parts.setdefault((year, identifier, group), []).append(row)
        for (year, identifier, group), part in parts.items():
            findings[year, identifier, group] = self.findings_of_part(
                year, group, part, submissions[year, identifier]
            )
        n_errors = {
            key: sum(self.severity[finding[-1]] == "error" for finding in found)
            for key, found in findings.items()
        }

        used = {}  # (year, unit, part): identifier
        for key, part in parts.items():
            if n_errors[key]:
                continue
            year, identifier, group = key
            place = (year, part[0]["enhet"], group)
            rank = (read_time(part[0]["mottatt"]), identifier)
            if place not in used or rank > used[place]:
                used[place] = rank
        used = {place: identifier for place, (_, identifier) in used.items()}

        outcomes = {}
        for key, part in parts.items():
            year, identifier, group = key
            counts = used.get((year, part[0]["enhet"], group)) == identifier
            outcomes[key] = self.outcome(key, part, n_errors[key], counts)
        responses, cells = self.respond(parts, used)
        return Result(
            responses=responses,
            submissions=outcomes,
            findings=Counter(
                finding for found in findings.values() for finding in found
            ),
            cells=cells,
        )

    def outcome(
        self, key: tuple, part: list[Row], n_errors: int, counts: bool
    ) -> Submission:
        """R20, R21: where each row of a part ends."""
        year, _, group = key
        edition = self.settings.editions[year]
        fte = {True: ZERO, False: ZERO}
        n_rows = {True: 0, False: 0}
        for row in part:
            # An unknown service has to be somewhere; its part is rejected.
            service = self.service(edition, group, row["tjeneste"]) or ("", True)
            in_scope = service[1]
            n_rows[in_scope] += 1
            for column in self.form_columns[edition]:
                fte[in_scope] += read_number(row[column]).value
        status = "rejected" if n_errors else "used" if counts else "superseded"
        return Submission(
            outcome=status,
            n_errors=n_errors,
            rows_read=len(part),
            rows_used=n_rows[True] if status == "used" else 0,
            rows_out_of_scope=n_rows[False] if status == "used" else 0,
            rows_superseded=len(part) if status == "superseded" else 0,
            rows_rejected=len(part) if status == "rejected" else 0,
            fte=fte[True],
            fte_out_of_scope=fte[False],
        )

    # --- R18: carry-forward -----------------------------------------------------

    def reported_cells(self, year: int, group: str, part: list[Row]) -> Cells:
        """R3: the person-years of services in scope, cell by cell."""
        edition = self.settings.editions[year]
        cells: Cells = defaultdict(lambda: ZERO)
        for row in part:
            service, in_scope = self.service(edition, group, row["tjeneste"])
            if in_scope:
                for column, education in self.form_columns[edition].items():
                    cells[service, education] += read_number(row[column]).value
        return dict(cells)

    def carried_cells(self, year: int, sources: list[tuple[Cells, Decimal]]) -> Cells:
        """R18: the sum of the sources' shares, on the form edition of the year."""
        edition = self.settings.editions
        cells: Cells = defaultdict(lambda: ZERO)
        for source, share in sources:
            for (service, education), fte in source.items():
                if edition[year] != edition[year - 1]:
                    education = self.carried_to[education]  # R6
                cells[service, education] += fte * share
        return dict(cells)

    def may_carry_into(self, year: int) -> bool:
        """R18: whether there is a year before to carry from."""
        edition = self.settings.editions
        return year - 1 in edition and (
            self.settings.across_break or edition[year] == edition[year - 1]
        )

    def respond(self, parts: dict, used: dict) -> tuple[dict, dict]:
        """R18: what every unit of the register has for every part in every year."""
        responses, had = {}, {}
        for year in sorted(self.settings.editions):
            for unit in self.registers[year]:
                for group in self.target_groups.values():
                    place = (year, unit, group)
                    identifier = used.get(place)
                    if identifier is not None:
                        part = parts[year, identifier, group]
                        had[place] = self.reported_cells(year, group, part)
                        source_year = year
                    else:
                        before = [
                            ((year - 1, old, group), share)
                            for old, share in self.predecessors(year, unit)
                        ]
                        source_year = self.source_year(year, before, responses)
                        if source_year is not None:
                            had[place] = self.carried_cells(
                                year, [(had[old], share) for old, share in before]
                            )
                    responses[place] = Response("missing")
                    if source_year is not None:
                        fte = sum(had[place].values(), ZERO)
                        responses[place] = Response(
                            status="carried_forward"
                            if identifier is None
                            else "reported",
                            submission_id=identifier,
                            source_year=source_year,
                            years_carried=year - source_year,
                            is_nil=fte == 0,
                            fte=fte,
                        )
        cells = {
            (*place, *cell): fte
            for place, cells_of_place in had.items()
            for cell, fte in cells_of_place.items()
        }
        return responses, cells

    def source_year(self, year: int, before: list, responses: dict) -> int | None:
        """R18: the oldest year that a silent part rests on; None with nothing."""
        if not self.may_carry_into(year):
            return None
        years = [responses[old].source_year for old, _ in before]
        if any(source is None for source in years):
            return None
        limit = self.settings.max_years
        if limit is not None and year - min(years) > limit:
            return None
        return min(years)


def in_force(row: dict[str, str], year: int) -> bool:
    """R17: whether a code was in force in a year."""
    return int(row["first_year"]) <= year <= int(row["last_year"] or 9999)
