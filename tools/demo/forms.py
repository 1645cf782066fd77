"""The demo forms: figures typed as people type them, with their habits and slips.

The figures come from figures.py, and what is invented stands in plan.py.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from . import answers
from .answers import YEARS, Sent
from .figures import (
    FIRST_YEAR,
    LAST_YEAR,
    NEW_FORM,
    ONE,
    TENTH,
    Cells,
    Demo,
    Reference,
    amount,
    draw,
    edition,
)
from .plan import (
    ADULTS,
    DEFECTS,
    EQUAL_TIMES,
    LARGE_OUT_OF_SCOPE,
    PARTS,
    RAW_PART,
    REMARKS,
    REVIEWS,
    SILENT,
    SLIPS,
    TRIALS,
    UNREADABLE_SUMS,
    Defect,
    Review,
    Slip,
)

PROJECT = Path(__file__).resolve().parents[2]

LEGACY_COLUMNS = (
    "aarsverk_uh_videre",
    "aarsverk_uh",
    "aarsverk_vgs_helse",
    "aarsverk_annen",
)
CURRENT_COLUMNS = (
    "aarsverk_a",
    "aarsverk_b",
    "aarsverk_c",
    "aarsverk_d",
    "aarsverk_e",
)


@dataclass
class Line:
    """One service line, as typed."""

    part: str
    service: str
    texts: dict[str, str]


@dataclass
class Form:
    """One submission."""

    unit: str
    received: datetime
    lines: list[Line]
    defect: Defect | None = None
    submission_id: str = ""
    right: tuple[str, ...] = ()  # the parts that have the figures that count
    is_trial: bool = False


def columns(year: int) -> tuple[str, ...]:
    """The headings of a form edition."""
    education = LEGACY_COLUMNS
    if year >= NEW_FORM:
        education = (*CURRENT_COLUMNS, "aarsverk_sum")
    first = ("innsending_id", "enhet", "mottatt", "del", "tjeneste")
    return (*first, *education, "merknad")


class Hand:
    """Somebody who fills in a form: habits, and now and then a slip."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.mark = "," if self.chance(86) else "."
        self.whole = self.chance(15)  # 3,0 instead of 3
        self.zeros = self.pick(("0", "0", "0", "", "", "", "-", "0,0", "mixed"))
        self.capitals = self.pick(("",) * 18 + ("upper", "lower"))

    def chance(self, per_cent: float) -> bool:
        """True in so many of a hundred cases."""
        return self.rng.random() * 100 < per_cent

    def pick(self, options: tuple[str, ...]) -> str:
        """One of several, each as likely."""
        return options[int(self.rng.random() * len(options))]

    def number(self, value: int) -> str:
        """Person-years as typed: always a way of writing the exact value."""
        if value == 0:
            zeros = ("0", "", "-") if self.zeros == "mixed" else (self.zeros,)
            return self.pick(zeros)
        whole, decimals = divmod(value, ONE)
        digits = f"{decimals:08d}"[:4]
        if digits + "0000" != f"{decimals:08d}":
            raise ValueError(f"{value} has more than four decimals")
        digits = digits.rstrip("0")
        if self.chance(0.05):  # a formula's result: rounds to the value
            digits = digits.ljust(4, "0") + self.pick(("003", "04", "0000001"))
        elif not digits and self.whole:
            digits = "0"
        left = str(whole)
        if whole >= 1000:
            left = f"{whole // 1000} {whole % 1000:03d}"
        elif whole == 0 and self.chance(4):
            left = ""
        text = f"{left}{self.mark}{digits}" if digits else left
        if self.chance(0.5):
            text = self.pick((" ", "  ", "\u00a0")) + text
        if self.chance(0.7):
            text += self.pick((" ", " ", "\u00a0"))
        return text

    def label(self, label: str) -> str:
        """A service label, now and then in other letters or with spaces."""
        if self.capitals == "upper":
            label = label.upper()
        elif self.capitals == "lower":
            label = label.lower()
        if self.chance(0.4):
            label = self.pick((f" {label}", f"{label} ", f"{label}  "))
        return label


def fill_in(
    ref: Reference, year: int, unit: str, part: str, cells: Cells, version: str
) -> list[Line]:
    """The lines of one part: every service of the form, as somebody types it."""
    hand = Hand(draw("hand", year, unit, part, version))
    names = CURRENT_COLUMNS if year >= NEW_FORM else LEGACY_COLUMNS
    outside = draw("outside", ref.same_since(year, unit), part).random() < 0.15
    remarks = draw("remark", year, unit, part)
    lines = []
    for code, label, in_scope in ref.services[edition(year), part]:
        large = ""
        if code == "intellectual_disability_services":
            large = LARGE_OUT_OF_SCOPE.get((year, unit), "")
        if in_scope:
            values = cells[code][: len(names)]
        elif large:
            values = [0] * len(names)
        elif outside:
            values = outside_scope(year, unit, code, amount(cells), len(names))
        else:
            continue
        texts = {
            "enhet": unit,
            "del": RAW_PART[part],
            "tjeneste": hand.label(label),
            "merknad": "",
        }
        texts |= {
            name: hand.number(value) for name, value in zip(names, values, strict=True)
        }
        if large:
            texts[names[0]] = large
        if year >= NEW_FORM:
            slip = (1 + int(hand.rng.random() * 9)) * ONE if hand.chance(0.4) else 0
            texts["aarsverk_sum"] = large or hand.number(sum(values) + slip)
        if remarks.random() < 0.004:
            texts["merknad"] = REMARKS[int(remarks.random() * len(REMARKS))]
        lines.append(Line(part, code, texts))
    if part == ADULTS and (year, unit) in UNREADABLE_SUMS:
        lines[0].texts["aarsverk_sum"] = UNREADABLE_SUMS[year, unit]
    return lines


def outside_scope(year: int, unit: str, code: str, whole: int, width: int) -> list[int]:
    """Invented person-years on a line that is out of scope."""
    rng = draw("outside", year, unit, code)
    values = [0] * width
    values[0] = whole * int(rng.random() * 6) // 100 // TENTH * TENTH
    values[width // 2] = whole * int(rng.random() * 20) // 100 // TENTH * TENTH
    return values


def other_figures(year: int, unit: str, part: str, cells: Cells) -> Cells:
    """Figures that differ a little: a version that must not count."""
    rng = draw("other", year, unit, part)
    changed = {code: list(line) for code, line in cells.items()}
    for _ in range(3):
        codes = sorted(changed)
        line = changed[codes[int(rng.random() * len(codes))]]
        i = int(rng.random() * 4)
        line[i] = line[i] // TENTH * TENTH + (1 + int(rng.random() * 8)) * TENTH
    return changed


def receipt(year: int, unit: str) -> datetime:
    """A day between mid-February and early June, with a rush before 1 April."""
    rng = draw("receipt", year, unit)
    kind, place = rng.random(), rng.random()
    deadline = datetime(year, 4, 1)
    if kind < 0.15:
        day = datetime(year, 2, 12) + timedelta(days=int(place * 30))
    elif kind < 0.80:
        day = deadline - timedelta(days=int(place * place * 20))
    else:
        day = deadline + timedelta(days=1 + int(place * place * 58))
    return at_some_time(day, rng)


def at_some_time(day: datetime, rng: Random) -> datetime:
    """A day with a time, or midnight: then only the date is written."""
    style, hour, minute, second = (rng.random() for _ in range(4))
    if style < 0.35:
        return day
    seconds = 0 if style < 0.7 else 1 + int(second * 59)
    return day.replace(hour=7 + int(hour * 10), minute=int(minute * 60), second=seconds)


def written(time: datetime) -> str:
    """A receipt as it is written: date, date and minute, or with seconds."""
    if time.second:
        return time.isoformat(timespec="seconds")
    if time.hour:
        return time.isoformat(timespec="minutes")
    return time.date().isoformat()


def days_apart(time: datetime, sign: int, *key: object) -> datetime:
    """One to nine days before or after."""
    rng = draw("apart", *key)
    day = time.replace(hour=0, minute=0, second=0)
    return at_some_time(day + sign * timedelta(days=1 + int(rng.random() * 9)), rng)


class Inbox:
    """The submissions of one year."""

    def __init__(self, demo: Demo, year: int) -> None:
        self.demo, self.ref, self.year = demo, demo.ref, year
        self.state = demo.states[year]
        self.defects = {d.unit: d for d in DEFECTS if d.year == year}
        self.forms: list[Form] = []
        for unit in self.ref.units(year):
            self._receive(unit)
        self.forms.sort(key=lambda form: (form.received, form.unit))
        for number, form in enumerate(self.forms, start=1):
            form.submission_id = f"demo-{year}-{number:06d}"

    def _fill_in(self, unit: str, part: str, right: bool) -> list[Line]:
        cells = self.state[unit][part]
        if not right:
            cells = other_figures(self.year, unit, part, cells)
        version = "right" if right else "other"
        lines = fill_in(self.ref, self.year, unit, part, cells, version)
        if right:
            for slip in SLIPS:
                if (slip.year, slip.unit, slip.part) == (self.year, unit, part):
                    mistype(lines, slip)
        return lines

    def _add(
        self,
        unit: str,
        time: datetime,
        parts: dict[str, bool],
        defect: Defect | None = None,
        is_trial: bool = False,
    ) -> None:
        """Add a submission; `parts` says whether each has the right figures."""
        lines = []
        for part, right in parts.items():
            lines += self._fill_in(unit, part, right)
        for line in lines:
            line.texts["mottatt"] = written(time)
        if defect:
            damage(lines, defect)
        right_parts = tuple(part for part, right in parts.items() if right)
        self.forms.append(
            Form(unit, time, lines, defect, right=right_parts, is_trial=is_trial)
        )

    def _receive(self, unit: str) -> None:
        """Everything that a unit sends in the year."""
        parts = [p for p in PARTS if self.demo.answered(self.year, unit, p)]
        time = receipt(self.year, unit)
        defect = self.defects.get(unit)
        if defect:
            parts = self._receive_defect(unit, parts, time, defect)
        if not parts:
            return
        habits = draw("forms", self.year, unit)
        apart = self.year >= 2025 or (habits.random() < 0.05 and not defect)
        groups = [[part] for part in parts] if apart else [parts]
        resends = habits.random() < 0.03
        for n, group in enumerate(groups):
            when = days_apart(time, 1, self.year, unit, n) if n else time
            if (self.year, unit) in EQUAL_TIMES:
                self._add(unit, when, dict.fromkeys(group, False))
            elif resends and not defect:
                earlier = days_apart(when, -1, self.year, unit, "again")
                self._add(unit, earlier, dict.fromkeys(group, False))
            self._add(unit, when, dict.fromkeys(group, True))
            if (self.year, unit, group[0]) in TRIALS:
                later = days_apart(when, 1, self.year, unit, "trial")
                self._add(unit, later, dict.fromkeys(group, False), is_trial=True)

    def sent(self) -> list[Sent]:
        """The forms that answers to the questions come with.

        Those of a defective form come with the parts of it that are right, and
        a trial has none.
        """
        found = []
        for form in self.forms:
            parts = form.right if form.defect else {line.part for line in form.lines}
            if parts and not form.is_trial:
                found.append(
                    Sent(
                        form.submission_id,
                        form.unit,
                        written(form.received),
                        tuple(sorted(parts)),
                        is_right=bool(form.right),
                    )
                )
        return found

    def _receive_defect(
        self, unit: str, parts: list[str], time: datetime, defect: Defect
    ) -> list[str]:
        """Add the defective submission; return the parts that are still to come."""
        hit = [p for p in PARTS if defect.part in (RAW_PART[p], "begge")]
        wrong = dict.fromkeys(hit, False)
        if defect.counts == "an earlier one":
            later = days_apart(time, 1, self.year, unit, "defect")
            self._add(unit, later, wrong, defect)
            return parts
        earlier = days_apart(time, -1, self.year, unit, "defect")
        if self.year >= 2025:
            self._add(unit, earlier, wrong, defect)
            return parts
        # The other part of the same form is right, and is not sent again.
        self._add(
            unit, earlier, {part: part not in hit for part in parts or hit}, defect
        )
        return [part for part in parts if part in hit]


def damage(lines: list[Line], defect: Defect) -> None:
    """Type what the table of defects says where it says so."""
    hit = [
        line
        for line in lines
        if defect.part in (RAW_PART[line.part], "begge")
        and defect.service in (line.service, "")
    ]
    if not hit:
        raise ValueError(f"no line for {defect}")
    for line in hit:
        line.texts[defect.column] = defect.raw


def mistype(lines: list[Line], slip: Slip) -> None:
    """Type what the table of slips says where it says so."""
    hit = [line for line in lines if slip.service in (line.service, "")]
    if not hit:
        raise ValueError(f"no line for {slip}")
    for line in hit:
        for name in (
            [slip.column] if slip.column else [*CURRENT_COLUMNS, "aarsverk_sum"]
        ):
            line.texts[name] = slip.raw


REVIEW_COLUMNS = (
    "year",
    "submission_id",
    "target_group",
    "decision",
    "service_label",
    "column_name",
    "old_value",
    "new_value",
    "decided_on",
    "reviewer_role",
    "reason",
)


def write_reviews(inboxes: list[Inbox], folder: Path) -> Path:
    """Write the reviewers' decisions, with the ids and labels of their forms."""
    by_year = {inbox.year: inbox for inbox in inboxes}
    path = folder / "reviews.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(REVIEW_COLUMNS)
        for review in REVIEWS:
            form = reviewed_form(by_year[review.year], review)
            service, column, old, new = review.cell
            label = next(
                (
                    line.texts["tjeneste"]
                    for line in form.lines
                    if (line.part, line.service) == (review.part, service)
                ),
                "",
            )
            writer.writerow(
                (
                    review.year,
                    form.submission_id,
                    review.part,
                    review.decision,
                    label,
                    column,
                    old,
                    new,
                    review.decided_on,
                    review.role,
                    review.reason,
                )
            )
    return path


def reviewed_form(inbox: Inbox, review: Review) -> Form:
    """The unit's last form for the part: the one that counts, or a trial."""
    forms = [
        form
        for form in inbox.forms
        if form.unit == review.unit
        and review.part in {line.part for line in form.lines}
    ]
    is_trial = (review.year, review.unit, review.part) in TRIALS
    if (review.part in forms[-1].right) == is_trial:
        raise ValueError(f"no form for {review}")
    return forms[-1]


def write(inbox: Inbox, folder: Path) -> Path:
    """Write one year's file."""
    path = folder / f"submissions_{inbox.year}.csv"
    names = columns(inbox.year)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for form in inbox.forms:
            for line in form.lines:
                texts = line.texts | {"innsending_id": form.submission_id}
                writer.writerow([texts[name] for name in names])
    return path


def fill_all(ref: Reference) -> list[Inbox]:
    """All years' submissions."""
    demo = Demo(ref).build()
    return [Inbox(demo, year) for year in range(FIRST_YEAR, LAST_YEAR + 1)]


def silent_table(ref: Reference) -> str:
    """The parts without a usable answer, as Markdown."""
    rows = ["| year | units | both parts | one part only |", "|---|---|---|---|"]
    for year, missing in sorted(SILENT.items()):
        units = sorted({unit for unit, _ in missing})
        both = [u for u in units if all((u, part) in missing for part in PARTS)]
        one = [
            f"{unit} {ref.names[unit]} ({RAW_PART[part]})"
            for unit, part in sorted(missing)
            if unit not in both
        ]
        cells = [", ".join(f"{u} {ref.names[u]}" for u in both), ", ".join(one)]
        rows.append(f"| {year} | {len(units)} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows)


def defect_table(inboxes: list[Inbox]) -> str:
    """The defective submissions, as Markdown."""
    rows = [
        "| submission | unit | part | check | typed | counts |",
        "|---|---|---|---|---|---|",
    ]
    for inbox in inboxes:
        for form in inbox.forms:
            if defect := form.defect:
                rows.append(
                    f"| {form.submission_id} | {form.unit} | {defect.part}"
                    f" | `{defect.check}` | `{defect.column}`: `{defect.raw}`"
                    f" | {defect.counts} |"
                )
    return "\n".join(rows)


def slip_table(ref: Reference) -> str:
    """The readable forms that look wrong, as Markdown."""
    rows = ["| year | unit | part | typed | what happened |", "|---|---|---|---|---|"]
    for slip in SLIPS:
        where = f"`{slip.column}`" if slip.column else "every cell"
        if slip.service:
            where += f" of `{slip.service}`"
        rows.append(
            f"| {slip.year} | {slip.unit} {ref.names[slip.unit]}"
            f" | {RAW_PART[slip.part]} | {where}: `{slip.raw or ' '}`"
            f" | {slip.meaning} |"
        )
    return "\n".join(rows)


def answer_defect_table(inboxes: list[Inbox]) -> str:
    """The answers that cannot be used, as Markdown."""
    return answers.defect_table(
        {inbox.year: inbox.sent() for inbox in inboxes if inbox.year in YEARS}
    )
