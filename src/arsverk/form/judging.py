"""Hold what a workbook holds against the structure of its year.

A form is read whole or refused with every reason. What a number is, the project's own
SQL says (R22): macros/numbers/number_pattern.sql.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from arsverk.form.book import LISTS, PROGRAM, Unit
from arsverk.form.cells import (
    SPACES,
    TRACE,
    Cells,
    Form,
    Row,
    Sheet,
    is_sum_of,
    printable,
    remark_of,
)
from arsverk.form.numbers import judge_numbers
from arsverk.form.reading import LAYOUT, Reply
from arsverk.form.structure import (
    FormError,
    Line,
    Part,
    Question,
    Structure,
    load_structure,
)

PREFIX = "form-"


# A number that says which unit's form it is: skjema-2026-4601-bergen.xlsx.
NAMED = re.compile(
    r"(?:skjema|form)[-_ ]+(\d{4})[-_ ]+(\d{4}|\d{6})(?!\d)", re.IGNORECASE
)


BEGINS = re.compile(r"(\d{4}|\d{6})[-_ ]+[^\W\d_]")


# A municipality, or a city district.
CODE = re.compile("[0-9]{4}|[0-9]{6}")


class FormReader(Cells):
    """Turns what a workbook holds into rows of submissions, or says why not."""

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
