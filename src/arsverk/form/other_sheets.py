"""The sheets beside those of person-years: guide, questions, help, hidden lists."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from arsverk.form.book import GREY, LISTS, META, MOST, PROGRAM, Sheets
from arsverk.form.reading import LAYOUT
from arsverk.form.structure import Question
from arsverk.wording import section

FULL_TIME_WEEK = 37.5


EDUCATION = 6  # where in the guide the categories of education stand


class OtherSheets(Sheets):
    """Writes guide, questions, help calculation and what is hidden."""

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
