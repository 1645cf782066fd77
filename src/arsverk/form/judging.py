"""Hold what a workbook holds against the structure of its year.

A form is read whole or refused with every reason. What a number is, the project's own
SQL says (R22): macros/numbers/number_pattern.sql.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

from arsverk.form.messages import Problem
from arsverk.form.reading import LAYOUT, Reply
from arsverk.form.structure import (
    FormError,
    Line,
    Part,
    Question,
    Structure,
    load_structure,
)
from arsverk.form.writing import LISTS, PROGRAM, Unit
from arsverk.project_sql import macros as macros_of
from arsverk.sheets import UNPRINTABLE
from arsverk.wording import say

# Where a row stands in its workbook: the columns of form_rows.csv.
TRACE = (
    *("year", "innsending_id", "del", "tjeneste", "sporsmal", "svar"),
    *("ark", "celler"),
)
PREFIX = "form-"
# A number that says which unit's form it is: skjema-2026-4601-bergen.xlsx.
NAMED = re.compile(
    r"(?:skjema|form)[-_ ]+(\d{4})[-_ ]+(\d{4}|\d{6})(?!\d)", re.IGNORECASE
)
BEGINS = re.compile(r"(\d{4}|\d{6})[-_ ]+[^\W\d_]")
# A municipality, or a city district.
CODE = re.compile("[0-9]{4}|[0-9]{6}")

# What people and programs type around numbers, and cannot see.
SPACES = " \u00a0\u2009\u202f"

Row = dict[str, str]


@dataclass
class Form:
    """A file, what was read from it, or why it was not."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    year: int = 0
    unit: str = ""
    unit_name: str = ""
    submission_id: str = ""
    sha256: str = ""
    submissions: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    trace: list[Row] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    is_known: bool = False

    @property
    def file(self) -> Row:
        """Which workbook it came in: its row of form_files.csv."""
        return {
            "innsending_id": self.submission_id,
            "fil": printable(self.path.name),
            "sha256": self.sha256,
        }

    def refuse(self, code: str, **where: str) -> None:
        """Note a reason for which the form is not read."""
        self.problems.append(Problem(code, **where))


@dataclass
class Sheet:
    """A sheet of person-years as it stands in a workbook."""

    part: Part
    # The box for "no own person-years"; nothing if it is not as it was.
    none: Reply | None
    is_none: bool
    # A service each; nothing where a line cannot be read.
    read: list[Reply | None]


@cache
def number_sql(project: Path) -> str:
    """Return the project's own SQL for what a typed cell is, and what it is worth."""
    macros = macros_of(project)
    canonical = str(macros.canonical_number("text"))
    return f"""
        with cells as (
            select
                -- As JSON: a list is handed over value by value, far slower.
                unnest(from_json($1, '["varchar"]')) as text,
                unnest(from_json($2, '["integer"]')) as line,
                generate_subscripts(from_json($2, '["integer"]'), 1) as cell
        ),

        judged as (
            select *, {macros.number_status("text")} as status from cells
        )

        select
            status,
            case
                when bool_and(status = 'number') over (partition by line) then
                    regexp_replace(
                        cast(
                            sum(case when status = 'number' then
                                {macros.four_decimals(canonical)}
                            end) over (partition by line)
                            as varchar
                        ),
                        '[.]?0+$',
                        ''
                    )
            end as sum_of_line
        from judged
        order by cell
    """


def judge_numbers(
    lines: list[list[str]], connection: duckdb.DuckDBPyConnection, project: Path
) -> list[tuple[list[str], str | None]]:
    """Return what each cell of each line is, and the line's sum, if it has one."""
    texts = [text for line in lines for text in line]
    of_line = [n for n, line in enumerate(lines) for _ in line]
    rows = connection.execute(
        number_sql(project), [json.dumps(texts), json.dumps(of_line)]
    ).fetchall()
    judged: list[tuple[list[str], str | None]] = [([], None) for _ in lines]
    for n, (status, total) in zip(of_line, rows, strict=True):
        judged[n] = ([*judged[n][0], status], total)
    return judged


class FormReader:
    """Turns what a workbook holds into rows of submissions, or says why not."""

    def __init__(
        self,
        project: Path,
        connection: duckdb.DuckDBPyConnection,
        years: Callable[[int], str],
    ) -> None:
        self.project, self.connection = project, connection
        # What is being read, where that year is not.
        self.years = years

    def read(self, path: Path, reply: Reply, received: datetime) -> Form:
        """Return the form, or why it is refused."""
        form = Form(path)
        if "code" in reply:
            form.refuse(**reply)
            return form
        self.ranges: dict[str, Reply] = reply["ranges"]
        structure = self.identify(form)
        if structure is None:
            return form
        form.sha256 = reply["sha256"]
        form.submission_id = f"{PREFIX}{form.year}-{form.unit}-{form.sha256[:12]}"
        self.form, self.structure = form, structure
        self.received = received.isoformat()
        # Names that somebody else gave to cells mean nothing here.
        widths = structure.ranges
        self.sheets: dict[str, str] = {}
        self.own = self.texts_of("own_texts")
        self.ranges = {
            name: found for name, found in self.ranges.items() if name in widths
        }
        self.check_overlaps()
        self.judge_parts([self.read_part(part) for part in structure.parts])
        if self.is_asked:
            self.read_questions()
        # What a name that is gone led to would be found here again.
        if not any(problem.code == "gone" for problem in form.problems):
            self.check_cells(reply["cells"])
        if not form.problems and not form.submissions and not form.answers:
            form.refuse("not_filled_in")
        return form

    def identify(self, form: Form) -> Structure | None:
        """Find out whose form it is, and of which year; note what does not fit."""
        cells = self.ranges.get("meta", {}).get("cells") or [[]]
        values = [cell["text"] for cell in cells[0]]
        if len(values) != 9 or values[0] != PROGRAM or not values[2].isdecimal():
            form.refuse("not_a_form", found=" ".join(values)[:60])
            return None
        layout, _, edition, unit, name, asked, language, checksum = values[1:]
        if asked not in ("asked", "not_asked") or language not in ("nb", "en"):
            form.refuse("not_a_form", found=f"{asked} {language}")
            return None
        if not CODE.fullmatch(unit):
            form.refuse("not_a_form", found=unit)
            return None
        form.year, form.unit, form.unit_name = int(values[2]), unit, name
        self.is_asked, self.language = asked == "asked", language
        expected_year = self.years(form.year)
        if expected_year:
            form.refuse("other_year", found=values[2], expected=expected_year)
            return None
        try:
            structure = load_structure(form.year, self.project)
        except FormError:
            form.refuse("no_form_of_year", found=values[2])
            return None
        if (
            layout != str(LAYOUT)
            or edition != structure.form_edition
            or checksum != structure.checksum(unit, name, self.is_asked)
        ):
            form.refuse("old_edition", found=f"{edition} {values[2]}, {unit} {name}")
            return None
        self.title = Unit(unit, name, self.is_asked).title(form.year)
        self.check_file_name(form)
        return structure

    def check_file_name(self, form: Form) -> None:
        """Refuse a form whose file name says another unit or year."""
        named = NAMED.search(form.path.name)
        if named:
            year, unit = named[1], named[2]
        else:
            # A code at the beginning, unless it is the year.
            begins = BEGINS.match(form.path.name)
            year = str(form.year)
            unit = begins[1] if begins and begins[1] != year else form.unit
        if (year, unit) != (str(form.year), form.unit):
            form.refuse(
                "other_file_name",
                found=f"{unit}, {year}",
                expected=f"{form.unit}, {form.year}",
            )

    def check_overlaps(self) -> None:
        """Refuse a form of which two named ranges share a cell."""
        seen: dict[tuple[str, str], str] = {}
        for name, found in self.ranges.items():
            for row in found.get("cells", []):
                for cell in row:
                    key = (found["sheet"], cell["cell"])
                    if key in seen:
                        self.refuse_at(
                            "overlap", found, cell, found_text=f"{seen[key]}, {name}"
                        )
                        return
                    seen[key] = name

    def texts_of(self, name: str) -> set[str]:
        """Return the texts in a range, with single spaces."""
        rows = self.ranges.get(name, {}).get("cells", [])
        return {" ".join(cell["text"].split()) for row in rows for cell in row}

    def check_cells(self, cells: list[Reply]) -> None:
        """Refuse what somebody wrote where it is not read, so that nothing is lost.

        The form's own texts are listed in it. The guide and the help calculation are
        no answers, nor is what stands under the names of last year's figures.
        """
        # Sheets of which nothing is read: deleted by nobody, renamed perhaps.
        others = {
            found["sheet"]
            for name in ("guide_title", "help_title", "meta")
            if (found := self.ranges.get(name, {})).get("cells")
        }
        # Where a cell has a name, and is one of as many as that name has.
        named = {
            (found["sheet"], cell["cell"]): name
            for name, found in self.ranges.items()
            if [len(row) for row in found.get("cells", [])]
            == [self.structure.ranges[name]]
            for cell in found["cells"][0]
        }
        answered = set(self.sheets.values())
        told = set()
        for cell in cells:
            sheet, place = cell["sheet"], (cell["sheet"], cell["cell"])
            if sheet in told or sheet in others - answered:
                continue
            if sheet not in answered:
                # The lists of answers are hidden, and nobody's.
                if sheet != LISTS:
                    self.form.refuse("other_sheet", found=sheet)
                    told.add(sheet)
            elif cell["kind"] == "note":
                self.refuse_at("note", cell, cell)
            elif " ".join(cell["text"].split()) in self.own:
                continue
            elif place not in named:
                self.refuse_at("beside", cell, cell)
            elif not is_as_made(named[place], cell):
                is_sum = named[place].endswith("_total")
                self.refuse_at("sum_typed" if is_sum else "beside", cell, cell)

    def refuse_at(
        self,
        code: str,
        found: Reply,
        cell: Reply,
        expected: str = "",
        found_text: str | None = None,
    ) -> None:
        """Note a reason that has a place in the workbook."""
        self.form.refuse(
            code,
            sheet=found["sheet"],
            cell=cell["cell"],
            found=cell["text"] if found_text is None else found_text,
            expected=expected,
        )

    def row_of(self, name: str, key: str) -> Reply | None:
        """Return a named row of cells of a sheet; note it if it is not as it was."""
        found = self.ranges.get(name, {})
        cells = found.get("cells", [])
        sheet = self.sheets.get(key, say(f"form.{key}", self.language))
        is_elsewhere = key in self.sheets and found.get("sheet") != sheet
        width = self.structure.ranges[name]
        if [len(row) for row in cells] != [width] or is_elsewhere:
            self.form.refuse(
                "gone",
                found=name,
                sheet=found.get("sheet", sheet),
                cell=found.get("address", ""),
            )
            return None
        if found["merged"]:
            self.refuse_at("merged", found, cells[0][0], found_text=found["merged"])
            return None
        return {**found, "cells": cells[0]}

    def has_text(self, found: Reply, cell: Reply, expected: str) -> bool:
        """Whether a cell still says what it said when it was made."""
        if " ".join(cell["text"].split()) == " ".join(expected.split()):
            return True
        self.refuse_at("changed_text", found, cell, expected)
        return False

    def is_whose(self, key: str) -> bool:
        """Whether a sheet is there, and that of the unit."""
        found = self.row_of(f"{key}_title", key)
        if found is None:
            return False
        self.sheets[key] = found["sheet"]
        cell = found["cells"][0]
        if " ".join(cell["text"].split()) != " ".join(self.title.split()):
            self.refuse_at("other_unit", found, cell, self.title)
            return False
        return True

    def is_there(self, names: Iterable[str]) -> bool:
        """Whether any of a sheet's ranges leads somewhere."""
        return any(self.ranges.get(name, {}).get("cells") for name in names)

    # --- person-years ---

    def read_part(self, part: Part) -> Sheet | None:
        """Read a sheet of person-years. A sheet that is not there is no answer."""
        key = part.target_group
        names = [line.range_name for line in part.lines]
        if not self.is_there([*names, f"{key}_title", f"{key}_none"]):
            return None
        if not self.is_whose(key):
            return None
        headings = self.row_of(f"{key}_columns", key)
        if headings:
            service, *columns, total, remark = headings["cells"]
            for cell, column in zip(columns, self.structure.columns, strict=True):
                self.has_text(headings, cell, column.heading(self.language))
            for cell in (service, total, remark):
                if " ".join(cell["text"].split()) not in self.own:
                    self.refuse_at("beside", headings, cell)
        none = self.row_of(f"{key}_none", key)
        is_none = bool(none) and self.is_marked(none, none["cells"][0])
        read = [self.read_line(part, line) for line in part.lines]
        return Sheet(part, none, is_none, read)

    def judge_parts(self, sheets: list[Sheet | None]) -> None:
        """Note what is no number, and add the parts in which all is as it should be."""
        sheets = [sheet for sheet in sheets if sheet]
        there = [found for sheet in sheets for found in sheet.read if found]
        lines = [[c["text"] for c in found["cells"][1:-2]] for found in there]
        judged = judge_numbers(lines, self.connection, self.project)
        for found, (statuses, total) in zip(there, judged, strict=True):
            for cell, status in zip(found["cells"][1:-2], statuses, strict=True):
                if status != "number":
                    self.refuse_at(status, found, cell)
            found["sum"] = total
        for sheet in sheets:
            if sheet.none and all(found and found["sum"] for found in sheet.read):
                self.add_part(sheet)

    def read_line(self, part: Part, line: Line) -> Reply | None:
        """Return a service's cells; note what cannot be an answer."""
        found = self.row_of(line.range_name, part.target_group)
        if found is None:
            return None
        label, *cells, total, remark = found["cells"]
        kinds = {
            "formula": "formula",
            "date": "date",
            "error": "not_a_value",
            "truth": "not_a_value",
            "long": "long_text",
        }
        is_right = self.has_text(found, label, line.text(self.language))
        for cell in cells:
            # What a paste leaves around a number.
            cell["text"] = cell["text"].strip("\t\r\n")
        for cell in [*cells, remark]:
            if cell["kind"] in kinds:
                self.refuse_at(kinds[cell["kind"]], found, cell)
                is_right = False
        if not is_sum_of(total, cells):
            self.refuse_at("sum_typed", found, total)
            is_right = False
        return found if is_right else None

    def is_marked(self, found: Reply, cell: Reply) -> bool:
        """Whether there is an x in a cell; note what is neither x nor nothing."""
        text = cell["text"].strip(f"{SPACES}\t\r\n").casefold()
        if text not in ("", "x"):
            self.refuse_at(
                "formula" if cell["kind"] == "formula" else "not_an_x", found, cell
            )
        return text == "x"

    def add_part(self, sheet: Sheet) -> None:
        """Add a part's rows, if it is answered."""
        form, part, read = self.form, sheet.part, sheet.read
        is_filled = any(
            cell["text"].strip(SPACES)
            for found in read
            for cell in found["cells"][1:-2]
        )
        more = [found for found in read if found["sum"] != "0"]
        if sheet.is_none and more:
            label = more[0]["cells"][0]["text"]
            self.refuse_at(
                "none_and_some",
                sheet.none,
                sheet.none["cells"][0],
                found_text=f"{label}: {more[0]['sum']}",
            )
            return
        if not sheet.is_none and not is_filled:
            for found in read:
                if found["cells"][-1]["text"].strip():
                    self.refuse_at("remark_only", found, found["cells"][-1])
            return
        form.parts.append(part.name_nb)
        for line, found in zip(part.lines, read, strict=True):
            cells = [cell["text"] for cell in found["cells"][1:-2]]
            if sheet.is_none:
                cells = ["0"] * len(cells)
            row = {
                **self.identity(),
                "del": part.raw_label,
                "tjeneste": line.label,
                **dict(
                    zip(
                        [column.raw_column for column in self.structure.columns],
                        cells,
                        strict=True,
                    )
                ),
                "merknad": remark_of(found["cells"][-1]["text"]),
            }
            if self.structure.own_sum:
                row[self.structure.own_sum] = found["sum"]
            form.submissions.append(row)
            # An x is the answer to every line.
            where = sheet.none if sheet.is_none else found
            self.trace(where, del_=part.raw_label, tjeneste=line.label)

    def identity(self) -> Row:
        """Return what all rows of the form have in common."""
        return {
            "innsending_id": self.form.submission_id,
            "enhet": self.form.unit,
            "mottatt": self.received,
        }

    def trace(self, found: Reply, del_: str = "", **what: str) -> None:
        """Note where a row stands in the workbook."""
        first, last = found["cells"][0]["cell"], found["cells"][-1]["cell"]
        cells = first if first == last else f"{first}:{last}"
        row = {
            "year": str(self.form.year),
            "innsending_id": self.form.submission_id,
            "del": del_,
            **what,
            "ark": printable(found["sheet"]),
            "celler": cells,
        }
        self.form.trace.append({name: row.get(name, "") for name in TRACE})

    # --- questions ---

    def read_questions(self) -> None:
        """Read the sheet of questions. One that is not there is no answer."""
        questions = self.structure.questions
        names = [name for question in questions for name, _ in question.ranges()]
        if not self.is_there([*names, "questions_title"]):
            return
        if self.is_whose("questions"):
            for question in questions:
                self.read_question(question)

    def read_question(self, question: Question) -> None:
        """Read the answer or answers to a question."""
        stem = f"text_{self.language}"
        for name, answer in question.ranges():
            found = self.row_of(name, "questions")
            if found is None:
                continue
            text, cell = found["cells"]
            expected = (
                getattr(answer, f"name_{self.language}")
                if answer
                else getattr(question, stem)
            )
            if not self.has_text(found, text, expected):
                continue
            if answer:
                chosen = answer.answer_code if self.is_marked(found, cell) else ""
            else:
                chosen = self.chosen(question, found, cell)
            if chosen:
                self.form.answers.append(
                    {
                        **self.identity(),
                        "sporsmal": question.question_code,
                        "svar": chosen,
                        "merknad": "",
                    }
                )
                self.trace(found, sporsmal=question.question_code, svar=chosen)

    def chosen(self, question: Question, found: Reply, cell: Reply) -> str:
        """Return the code of the answer in a cell; note one that is not in the list."""
        text = " ".join(cell["text"].split()).casefold()
        for answer in question.answers:
            if text in (answer.name_nb.casefold(), answer.name_en.casefold()):
                return answer.answer_code
        if text:
            code = "formula" if cell["kind"] == "formula" else "not_in_list"
            self.refuse_at(code, found, cell)
        return ""


def is_as_made(name: str, cell: Reply) -> bool:
    """Whether a cell that is shown and not read holds what it was made with.

    The figures of last year may be any: they are no answers.
    """
    formula = cell["text"].replace("$", "").replace(" ", "").upper()
    if name.endswith("_total"):
        return bool(re.fullmatch(r"=SUM\([A-Z]+[0-9]+:[A-Z]+[0-9]+\)", formula))
    if name.endswith("_contradiction"):
        return formula.startswith("=IF(AND(")
    if name.endswith("_before"):
        return cell["kind"] == "number" or cell["text"] == "–"
    return True


def is_sum_of(total: Reply, cells: list[Reply]) -> bool:
    """Whether a cell holds the formula that adds up the cells before it."""
    first, last = cells[0]["cell"], cells[-1]["cell"]
    formula = total["text"].replace("$", "").replace(" ", "").upper()
    return total["kind"] == "formula" and formula == f"=SUM({first}:{last})"


def remark_of(text: str) -> str:
    """Return a remark as it may stand in a file of submissions."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def printable(name: str) -> str:
    """Return a file's name in which all is text, whatever bytes it has."""
    return "".join(
        c if c.isprintable() else "\ufffd"
        for c in name.encode("utf-8", "replace").decode("utf-8")
    )
