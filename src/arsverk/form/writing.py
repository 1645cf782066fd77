"""Write the form of a unit as a workbook.

The workbook's bytes depend on the structure, the unit and last year's figures alone.
What may be filled in has a name (``adults_01``: a line from its service to its
remark), so that it is found again wherever it stands.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from arsverk.form.reading import LAYOUT
from arsverk.form.structure import (
    FormError,
    Line,
    Part,
    Question,
    Structure,
    load_structure,
)
from arsverk.sheets import Book, whole
from arsverk.units import find_unit
from arsverk.wording import section
from arsverk.working_file import Marts, report

PROGRAM = "arsverk"
FORMS = {
    "nb": "{n} skjemaer for {year} i {out}",
    "en": "{n} forms of {year} in {out}",
}
LISTS, META = "_lister", "_skjema"  # hidden sheets
FULL_TIME_WEEK = 37.5
EDUCATION = 6  # where in the guide the categories of education stand
MOST = 10_000  # person-years in a cell: a date that was meant as 3.5 is more
BLUE, GREY, DARK = "#DCE9F5", "#F2F2F2", "#1E3A5F"


@dataclass(frozen=True)
class Unit:
    """A reporting unit of a year."""

    code: str
    name: str
    # Oslo's city-wide unit is not asked the questions.
    is_asked: bool

    def title(self, year: int) -> str:
        """Return what stands on each sheet: whose it is, and of what year."""
        return f"{self.code} {self.name}, {year}"

    def file_name(self, year: int, language: str) -> str:
        """Return the name of its workbook: no more than letters, digits and hyphens."""
        plain = self.name.translate(str.maketrans("ÆæØøÅåĐđŊŋŦŧ", "AaOoAaDdNnTt"))
        ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore")
        slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.decode().lower()).strip("-")
        file = section("form")[language]["file"]
        return f"{file}-{year}-{self.code}-{slug or 'unit'}.xlsx"


@dataclass(frozen=True)
class Before:
    """What a unit had the year before: person-years by part, service and education.

    None stands for the sum over services or over education. The provenance, in both
    languages, says what is made up.
    """

    fte: dict[tuple[str, str | None, str | None], float] = field(default_factory=dict)
    is_carried: dict[str, bool] = field(default_factory=dict)
    provenance: tuple[str | None, str | None] = (None, None)


class FormBook(Book):
    """A workbook whose sheets cannot be moved, renamed or removed."""

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])


class FormWriter:
    """Writes one unit's workbook."""

    def __init__(
        self, structure: Structure, unit: Unit, before: Before, language: str
    ) -> None:
        self.structure, self.unit, self.before = structure, unit, before
        self.language, self.texts = language, section("form")[language]
        self.year = structure.year
        # The form's own texts, by sheet: what else stands there, somebody wrote.
        self.own: dict[str, set[str]] = {}
        # A column for the service, those of education, the sum and the remark.
        self.sum_at = len(structure.columns) + 1
        self.remark_at = self.sum_at + 1
        self.before_at = self.remark_at + 2

    def write(self, path: Path) -> None:
        """Write the workbook."""
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with FormBook(str(path), options) as book:
            self.book = book
            # The time of writing would make the same form another file.
            book.set_properties(
                {
                    "title": self.text("heading"),
                    "subject": self.unit.title(self.year),
                    "created": datetime(self.year, 1, 1),
                }
            )
            self.formats: dict[tuple, Format] = {}
            self.write_guide()
            for part in self.structure.parts:
                self.write_part(part)
            if self.unit.is_asked and self.structure.questions:
                self.write_questions()
            self.write_help()
            self.write_lists()
            self.write_meta()

    def text(self, key: str, **values: object) -> str:
        """Return a text of the form's language."""
        return self.texts[key].format(year=self.year, **values)

    def name(self, thing: object, stem: str = "name") -> str:
        """Return a thing's name in the form's language."""
        return getattr(thing, f"{stem}_{self.language}")

    def look(self, **properties: object) -> Format:
        """Return a format, each made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**base, **properties})
        return self.formats[key]

    def open_cell(self, **properties: object) -> Format:
        """Return the format of a cell that may be filled in."""
        return self.look(locked=False, bg_color=BLUE, border=1, **properties)

    def add_sheet(self, title: str, landscape: bool = True) -> Worksheet:
        """Add a sheet that is printed on A4 and of which only open cells change."""
        sheet = self.book.add_worksheet(title)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        whose = self.unit.title(self.year).replace("&", "&&")
        sheet.set_footer(f"&L{whose}&C&A&R{self.text('printed')}")
        sheet.hide_gridlines(2)
        # Without a password: the lock is against accidents.
        sheet.protect("", {"format_columns": True, "format_rows": True})
        return sheet

    def define(
        self, name: str, sheet: Worksheet, row: int, first: int, last: int
    ) -> None:
        """Give cells of a row a name by which they are read back."""
        cells = xlsxwriter.utility.xl_range_abs(row, first, row, last)
        self.book.define_name(name, f"='{sheet.get_name()}'!{cells}")

    def put(
        self, sheet: Worksheet, row: int, column: int, text: str, look: Format
    ) -> None:
        """Write a text of the form's own."""
        self.own.setdefault(sheet.get_name(), set()).add(text)
        sheet.write_string(row, column, text, look)

    def put_wide(self, sheet: Worksheet, row: int, last: int, text: str) -> None:
        """Write a text of the form's own over several columns."""
        self.own.setdefault(sheet.get_name(), set()).add(text)
        look = self.look(text_wrap=True, valign="top")
        sheet.merge_range(row, 0, row, last, text, look)
        sheet.set_row(row, 32)

    def write_top(self, sheet: Worksheet, key: str, heading: str, last: int) -> None:
        """Write a sheet's heading and whose it is."""
        self.put(
            sheet, 0, 0, heading, self.look(bold=True, font_size=14, font_color=DARK)
        )
        self.put(
            sheet, 1, 0, self.unit.title(self.year), self.look(bold=True, font_size=12)
        )
        self.define(f"{key}_title", sheet, 1, 0, 0)

    def write_guide(self) -> None:
        """Write what is counted and how."""
        sheet = self.add_sheet(self.text("guide"), landscape=False)
        # A sheet of one column is not made smaller to fit the page's width.
        sheet.set_column(0, 0, 74)
        sheet.fit_to_pages(1, 1)
        self.write_top(sheet, "guide", self.text("heading"), 0)
        wrapped = self.look(text_wrap=True, valign="top")
        row = 3
        guide = section("guide")[self.language]
        for n in range(1, len(guide) // 2 + 1):
            heading, paragraph = guide[f"{n:02d}_heading"], guide[f"{n:02d}_text"]
            self.put(sheet, row, 0, heading, self.look(bold=True, font_size=12))
            sheet.set_row(row + 1, 15.5 * (len(paragraph) // 70 + 1))
            self.put(sheet, row + 1, 0, paragraph, wrapped)
            row += 2
            if n == EDUCATION:
                for column in self.structure.columns:
                    text = column.heading(self.language)
                    self.put(sheet, row, 0, text, self.look(indent=1))
                    row += 1
            row += 1
        self.put(sheet, row, 0, self.text("keep"), self.look(italic=True))

    def write_part(self, part: Part) -> None:
        """Write a sheet of person-years."""
        key = part.target_group
        sheet = self.add_sheet(self.text(key))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, self.sum_at, 13.5)
        sheet.set_column(self.remark_at, self.remark_at, 30)
        sheet.set_column(self.remark_at + 1, self.remark_at + 1, 2)
        self.write_top(
            sheet,
            key,
            self.text("part_heading", part=self.name(part).lower()),
            self.remark_at,
        )
        self.put_wide(sheet, 2, self.remark_at, self.text("part_intro"))
        self.write_none_box(sheet, part)
        row = self.write_headings(sheet, part, 6)
        first = row
        counted = [line for line in part.lines if line.in_scope]
        others = [line for line in part.lines if not line.in_scope]
        for line in counted:
            self.write_line(sheet, part, line, row)
            row += 1
        self.write_total(sheet, part, row, first)
        row += 2
        if others:
            self.put(sheet, row, 0, self.text("not_counted"), self.look(italic=True))
            for line in others:
                row += 1
                self.write_line(sheet, part, line, row)
        row += 2
        if self.is_undivided(part):
            self.put(sheet, row, 0, self.text("cde"), self.look(italic=True))
            row += 1
        provenance = self.before.provenance[self.language != "nb"]
        if provenance and key in self.before.is_carried:
            said = f"{self.year - 1}: {provenance}"
            self.put(sheet, row, 0, said, self.look(italic=True))
        sheet.freeze_panes(first, 1)
        sheet.repeat_rows(first - 1)

    def write_none_box(self, sheet: Worksheet, part: Part) -> None:
        """Write the box for "no own person-years"."""
        key = part.target_group
        bold = self.look(bold=True, text_wrap=True)
        self.put(sheet, 3, 0, self.text("none"), bold)
        sheet.set_row(3, 32)
        sheet.write_blank(3, 1, None, self.open_cell(bold=True, align="center"))
        self.define(f"{key}_none", sheet, 3, 1, 1)
        self.validate(sheet, 3, 1, "none", {"validate": "list", "source": ["x"]})
        last = xlsxwriter.utility.xl_rowcol_to_cell(
            7 + sum(line.in_scope for line in part.lines), self.sum_at
        )
        contradiction = self.text("contradiction").replace('"', '""')
        sheet.write_formula(
            *(3, 2),
            f'=IF(AND(B4<>"",{last}>0),"{contradiction}","")',
            self.look(bold=True, font_color="#9C0006"),
            "",
        )
        self.define(f"{key}_contradiction", sheet, 3, 2, 2)

    def validate(
        self, sheet: Worksheet, row: int, column: int, key: str, rule: dict
    ) -> None:
        """Say what may stand in a cell, before and after it is typed."""
        error = key if f"{key}_error" in self.texts else "x"
        sheet.data_validation(
            *(row, column, row, column),
            {
                "input_title": self.texts[f"{key}_help_title"],
                "input_message": self.texts[f"{key}_help"],
                "error_title": self.texts[f"{error}_error_title"],
                "error_message": self.texts[f"{error}_error"],
                **rule,
            },
        )

    def write_headings(self, sheet: Worksheet, part: Part, row: int) -> int:
        """Write the headings of the table; return the row below."""
        head = self.look(
            bold=True,
            font_size=10,
            text_wrap=True,
            bg_color=GREY,
            border=1,
            valign="top",
        )
        names = [column.heading(self.language) for column in self.structure.columns]
        headings = [self.text("service"), *names, self.text("sum"), self.text("remark")]
        self.put(sheet, row - 1, 1, self.text("now"), self.look(bold=True))
        for column, heading in enumerate(headings):
            self.put(sheet, row, column, heading, head)
        self.define(f"{part.target_group}_columns", sheet, row, 0, self.remark_at)
        if part.target_group in self.before.is_carried:
            is_carried = self.before.is_carried[part.target_group]
            said = section("form")[self.language][
                "before_carried" if is_carried else "before"
            ]
            self.put(
                sheet,
                row - 1,
                self.before_at,
                said.format(year=self.year - 1),
                self.look(bold=True),
            )
            letters = [column.letter for column in self.structure.columns]
            for n, heading in enumerate([*letters, self.text("sum")]):
                self.put(sheet, row, self.before_at + n, heading, head)
            sheet.set_column(self.before_at, self.before_at + len(letters), 7)
        sheet.set_row(row, 80)
        return row + 1

    def write_line(self, sheet: Worksheet, part: Part, line: Line, row: int) -> None:
        """Write a service: cells, sum, remark, and last year's figures."""
        self.define(line.range_name, sheet, row, 0, self.remark_at)
        label = line.text(self.language)
        sheet.set_row(row, 20 if len(label) < 45 else 32)
        self.put(sheet, row, 0, label, self.look(border=1, text_wrap=True))
        for n, column in enumerate(self.structure.columns, start=1):
            sheet.write_blank(row, n, None, self.open_cell(num_format="0.0###"))
            letter = f"{column.letter}"
            self.validate(
                sheet,
                row,
                n,
                "cell",
                {
                    "input_message": self.texts["cell_help"].format(
                        service=line.label[:80], column=letter
                    ),
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": 0,
                    "maximum": MOST,
                },
            )
        cells = xlsxwriter.utility.xl_range(row, 1, row, self.sum_at - 1)
        sheet.write_formula(
            *(row, self.sum_at),
            f"=SUM({cells})",
            self.look(border=1, bold=True, num_format="0.0###"),
            0,
        )
        remark = self.open_cell(text_wrap=True, num_format="@")
        sheet.write_blank(row, self.remark_at, None, remark)
        rule = {"validate": "length", "criteria": "<=", "value": 500}
        self.validate(sheet, row, self.remark_at, "remark", rule)
        is_first = line == next(
            other for other in part.lines if other.service_code == line.service_code
        )
        if line.in_scope and is_first:
            name = f"{line.range_name}_before"
            self.write_before(sheet, part, line.service_code, name, row)

    def write_total(self, sheet: Worksheet, part: Part, row: int, first: int) -> None:
        """Write the sums over the services that count."""
        bold = self.look(bold=True, border=1, bg_color=GREY, num_format="0.0###")
        self.put(sheet, row, 0, self.text("counted"), bold)
        for column in range(1, self.sum_at + 1):
            cells = xlsxwriter.utility.xl_range(first, column, row - 1, column)
            sheet.write_formula(row, column, f"=SUM({cells})", bold, 0)
        key = part.target_group
        self.define(f"{key}_total", sheet, row, 0, self.sum_at)
        self.write_before(sheet, part, None, f"{key}_total_before", row)

    def write_before(
        self, sheet: Worksheet, part: Part, service: str | None, name: str, row: int
    ) -> None:
        """Write what the unit had the year before, if it had."""
        key = part.target_group
        # A service that was in no answer the year before has none, not zero.
        if (key, service, None) not in self.before.fte:
            return
        last = self.before_at + len(self.structure.columns)
        self.define(name, sheet, row, self.before_at, last)
        small = self.look(
            border=1, font_color="#404040", num_format="0.0#", align="right"
        )
        undivided = self.before.fte.get((key, service, "cde"), 0)
        codes = [column.education_code for column in self.structure.columns]
        for n, code in enumerate([*codes, None]):
            fte = self.before.fte.get((key, service, code), 0)
            if undivided and code in ("c", "d", "e") and not fte:
                sheet.write_string(row, self.before_at + n, "–", small)
            else:
                sheet.write_number(row, self.before_at + n, fte, small)

    def is_undivided(self, part: Part) -> bool:
        """Whether last year's figures hold person-years not told apart."""
        return bool(self.before.fte.get((part.target_group, None, "cde"), 0))

    def write_questions(self) -> None:
        """Write the questions with their answers to choose from."""
        sheet = self.add_sheet(self.text("questions"), landscape=False)
        sheet.set_column(0, 0, 75)
        sheet.set_column(1, 1, 32)
        self.write_top(sheet, "questions", self.text("questions"), 1)
        self.put_wide(sheet, 2, 1, self.text("questions_intro"))
        row = 4
        groups = [part.target_group for part in self.structure.parts]
        for group in [*groups, "all"]:
            asked = [q for q in self.structure.questions if q.target_group == group]
            if asked:
                head = self.look(bold=True, bg_color=GREY, border=1)
                self.put(sheet, row, 0, self.text(group), head)
                self.put(sheet, row, 1, self.text("answer"), head)
                row += 1
            for question in asked:
                row = self.write_question(sheet, question, row)
            row += 1

    def write_question(self, sheet: Worksheet, question: Question, row: int) -> int:
        """Write a question; return the row below."""
        wrapped = self.look(text_wrap=True, border=1)
        text = self.name(question, "text")
        if question.is_multiple:
            sheet.set_row(row, 32)
            several = self.text("several", text=text)
            if question.asked_if_nb:
                wanted = self.name(question, "asked_if")
                several += " " + self.text("asked_if", answers=wanted)
            self.put(sheet, row, 0, several, self.look(text_wrap=True))
            row += 1
        for name, answer in question.ranges():
            if answer:
                choice = self.look(border=1, indent=2)
                self.put(sheet, row, 0, self.name(answer), choice)
                key, rule = "x", {"validate": "list", "source": ["x"]}
            else:
                sheet.set_row(row, 32)
                self.put(sheet, row, 0, text, wrapped)
                key = "answer"
                rule = {"validate": "list", "source": f"=list_{question.scale_code}"}
            sheet.write_blank(row, 1, None, self.open_cell(text_wrap=True))
            self.define(name, sheet, row, 0, 1)
            self.validate(sheet, row, 1, key, rule)
            row += 1
        return row

    def write_help(self) -> None:
        """Write the help calculation: hours or shares of a post to person-years."""
        sheet = self.add_sheet(self.text("help"), landscape=False)
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 4, 17)
        self.write_top(sheet, "help", self.text("help"), 4)
        self.put_wide(sheet, 2, 4, self.text("help_intro"))
        self.put(sheet, 3, 0, self.text("week"), self.look(bold=True))
        sheet.write_number(3, 1, FULL_TIME_WEEK, self.open_cell(num_format="0.0#"))
        self.define("full_time_week", sheet, 3, 1, 1)
        sheet.data_validation(
            *(3, 1, 3, 1),
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 20,
                "maximum": 60,
                "input_title": self.text("week")[:32],
                "input_message": self.text("week_help"),
                "error_title": self.texts["cell_error_title"],
                "error_message": self.text("week_error"),
            },
        )
        spans = []
        row = 5
        for kind, headings, formula in (
            ("by_hours", {"persons": MOST, "hours": 168}, "{0}*{1}/full_time_week"),
            ("by_share", {"post": 100, "share": 100}, "{0}/100*{1}/100"),
        ):
            row = self.write_help_table(sheet, row, kind, headings, formula)
            spans.append((row - 10, row - 1))
            row += 1
        bold = self.look(bold=True, border=1, bg_color=GREY)
        self.put(sheet, row, 0, self.text("per_education"), bold)
        self.put(sheet, row, 1, self.text("person_years"), bold)
        for column in self.structure.columns:
            row += 1
            name = column.heading(self.language)
            self.put(sheet, row, 0, name, self.look(border=1, text_wrap=True))
            sheet.set_row(row, 32)
            terms = "+".join(
                f'SUMIF(B{top + 1}:B{end + 1},"{column.letter}",E{top + 1}:E{end + 1})'
                for top, end in spans
            )
            sheet.write_formula(
                row, 1, f"={terms}", self.look(border=1, num_format="0.0###"), 0
            )

    def write_help_table(
        self,
        sheet: Worksheet,
        row: int,
        kind: str,
        headings: dict[str, int],
        formula: str,
    ) -> int:
        """Write a table of ten lines to calculate in; return the row below.

        The two numbers of a line have a heading each, and a value they may not exceed.
        """
        bold = self.look(bold=True, border=1, bg_color=GREY, text_wrap=True)
        self.put(sheet, row, 0, self.text(kind), self.look(bold=True, font_size=12))
        row += 1
        sheet.set_row(row, 64)
        for n, key in enumerate(("who", "education", *headings, "person_years")):
            self.put(sheet, row, n, self.text(key), bold)
        letters = [column.letter for column in self.structure.columns]
        rules = {
            "who": {"validate": "length", "criteria": "<=", "value": 100},
            "education": {"validate": "list", "source": letters},
        }
        for key, most in headings.items():
            rules[key] = {
                **{"validate": "decimal", "criteria": "between"},
                **{"minimum": 0, "maximum": most},
            }
        number = self.open_cell(num_format="0.0###")
        looks = [self.open_cell(num_format="@"), self.open_cell(align="center")]
        for _ in range(10):
            row += 1
            for n, (key, rule) in enumerate(rules.items()):
                sheet.write_blank(row, n, None, [*looks, number, number][n])
                said = self.text(f"{key}_help", most=rule.get("maximum"))
                sheet.data_validation(
                    *(row, n, row, n),
                    {
                        "input_title": self.text(key)[:32],
                        "input_message": said,
                        "error_title": self.text("help"),
                        "error_message": said,
                        **rule,
                    },
                )
            cells = [f"{letter}{row + 1}" for letter in "CD"]
            sheet.write_formula(
                *(row, 4),
                f'=IF(OR({cells[0]}="",{cells[1]}=""),"",{formula.format(*cells)})',
                self.look(border=1, num_format="0.0###"),
                "",
            )
        return row + 1

    def write_lists(self) -> None:
        """Write the answers that the lists offer, on a hidden sheet."""
        if not self.unit.is_asked:
            return
        sheet = self.book.add_worksheet(LISTS)
        sheet.very_hidden()
        sheet.protect("")
        scales = {
            q.scale_code: q.answers
            for q in self.structure.questions
            if not q.is_multiple
        }
        for column, (scale, answers) in enumerate(scales.items()):
            for row, answer in enumerate(answers):
                sheet.write_string(row, column, self.name(answer))
            cells = xlsxwriter.utility.xl_range_abs(0, column, len(answers) - 1, column)
            self.book.define_name(f"list_{scale}", f"='{LISTS}'!{cells}")

    def write_meta(self) -> None:
        """Write what the form is, on a hidden sheet."""
        sheet = self.book.add_worksheet(META)
        sheet.very_hidden()
        sheet.protect("")
        for column, value in enumerate(
            (
                PROGRAM,
                str(LAYOUT),
                str(self.year),
                self.structure.form_edition,
                self.unit.code,
                self.unit.name,
                "asked" if self.unit.is_asked else "not_asked",
                self.language,
                self.structure.checksum(
                    self.unit.code, self.unit.name, self.unit.is_asked
                ),
            )
        ):
            sheet.write_string(0, column, value)
        self.define("meta", sheet, 0, 0, 8)
        read = [self.text(part.target_group) for part in self.structure.parts]
        read.append(self.text("questions"))
        own = sorted(set().union(*(self.own.get(title, ()) for title in read)))
        for row, text in enumerate(own, start=1):
            sheet.write_string(row, 0, text)
        cells = xlsxwriter.utility.xl_range_abs(1, 0, len(own), 0)
        self.book.define_name("own_texts", f"='{META}'!{cells}")


def load_units(file: Marts, year: int) -> list[Unit]:
    """Return the register of a year, or of the one after the newest (R17)."""
    return [
        Unit(row["reporting_unit_code"], row["reporting_unit_name"], row["is_asked"])
        for row in file.rows(
            """
            select reporting_unit_code, reporting_unit_name,
                unit_kind != 'city_wide' as is_asked
            from intermediate.int_reporting_units__registered
            where year = ?
            order by reporting_unit_code
            """,
            year,
        )
    ]


def load_before(file: Marts, year: int) -> dict[str, Before]:
    """Return what each unit had the year before; nothing in a series' first year."""
    found: dict[str, Before] = {}
    years = file.rows(
        "select provenance_nb, provenance_en from marts.dim_year where year = ?",
        year - 1,
    )
    provenance = tuple(years[0].values()) if years else (None, None)
    for row in file.rows("from reports.rpt_form_before where year = ?", year):
        before = found.setdefault(
            row["reporting_unit_code"], Before(provenance=provenance)
        )
        group = row["target_group"]
        before.fte[group, row["service_code"], row["education_code"]] = row["fte"]
        if row["service_code"] is None and row["education_code"] is None:
            before.is_carried[group] = row["is_carried"]
    return found


def write_forms(
    file: Marts, year: int, wanted: str | None, out: Path, language: str
) -> list[Path]:
    """Write the form of one unit, or of all; return the paths.

    Raises:
        FormError: no such year, or a file is there already.
        NotThereError: no such unit.
    """
    structure = load_structure(year, Path.cwd())
    units = load_units(file, year)
    before = load_before(file, year)
    if not units:
        raise FormError.of("told.build_knows_no_units", year=year)
    if wanted is not None:
        code = find_unit(wanted, ((unit.code, unit.name) for unit in units), year)
        units = [unit for unit in units if unit.code == code]
    paths = [out / unit.file_name(year, language) for unit in units]
    there = [path for path in paths if path.exists()]
    if there:
        key = "told.are_there_already" if there[1:] else "told.is_there_already"
        raise FormError.of(key, path=there[0], more=len(there) - 1)
    out.mkdir(parents=True, exist_ok=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=len(units) == 1,
    ) as bar:
        task = bar.add_task("Forms", total=len(units))
        for unit, path in zip(units, paths, strict=True):
            of_unit = before.get(unit.code, Before())
            with whole(path) as aside:
                FormWriter(structure, unit, of_unit, language).write(aside)
            bar.advance(task)
    return paths


def run(options: argparse.Namespace) -> int:
    """Write forms; return the exit code."""
    unit = None if options.all else options.unit
    # What git ignores: forms do not belong among the project's files.
    out = options.out or Path(f"target/forms-{options.year}")

    def work(file: Marts) -> None:
        paths = write_forms(file, options.year, unit, out, options.language)
        if options.all:
            told = FORMS[options.language]
            print(told.format(n=len(paths), year=options.year, out=out))
        else:
            print(paths[0])

    return report(work, options.language)
