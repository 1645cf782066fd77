"""The sheets of person-years: a line a service, a column an education."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from arsverk.form.book import GREY, MOST, Sheets
from arsverk.form.structure import Line, Part
from arsverk.wording import section


class PartSheets(Sheets):
    """Writes the sheets of person-years, with last year beside the cells."""

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
