"""How the form as a workbook looks, and how its cells are put where they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from arsverk.form.structure import Structure
from arsverk.sheets import Book
from arsverk.wording import section

PROGRAM = "arsverk"


LISTS, META = "_lister", "_skjema"  # hidden sheets


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


class Sheets:
    """Puts texts, numbers and boxes into the sheets of one workbook."""

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
