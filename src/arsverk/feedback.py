"""Print what one unit is to know about its own answers of a year.

    make feedback UNIT=4601 YEAR=2025   (or: python -m arsverk.feedback --unit ...)

Its findings, and its figures beside last year's and those of its KOSTRA group.
Everything printed is what the marts say; here it is only laid out.
"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from arsverk.control import number, plain
from arsverk.typed import Parser, add_language
from arsverk.units import find_unit
from arsverk.wording import section
from arsverk.working_file import Marts, NotThereError, Row, report

TEXTS = section("feedback")


class Feedback:
    """What one unit is told about one year, in one language."""

    def __init__(
        self,
        marts: Marts,
        unit: str,
        year: int | None,
        language: str,
        console: Console,
    ) -> None:
        self.marts, self.language = marts, language
        self.console, self.texts = console, TEXTS[language]
        self.year_row = marts.year(year)
        self.year = self.year_row["year"]
        self.unit = self.find(unit)
        self.responses = marts.rows(
            """from reports.rpt_unit_responses
            where year = ? and reporting_unit_code = ? order by sort_order""",
            self.year,
            self.unit,
        )

    def find(self, wanted: str) -> str:
        """Return the code of a unit of the year, given by its code or name.

        Raises:
            NotThereError: it is none.
        """
        units = self.marts.rows(
            """select distinct reporting_unit_code, reporting_unit_name
            from marts.fct_response where year = ?""",
            self.year,
        )
        try:
            return find_unit(wanted, (tuple(u.values()) for u in units), self.year)
        except NotThereError:
            rows = self.marts.rows(
                """select distinct year from marts.fct_response
                where ? in (reporting_unit_code, reporting_unit_name)""",
                wanted.strip(),
            )
            years = [row["year"] for row in rows]
            if not years or self.year in years:
                raise
            first, last = min(years), max(years)
            raise NotThereError.of(
                "told.no_reporting_unit_it",
                wanted=wanted,
                year=self.year,
                first=first,
                last=last,
            ) from None

    def text(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self.texts[key].format(year=self.year, before=self.year - 1, **values)

    def say(self, text: str, style: str = "") -> None:
        """Print a text in which nothing is markup."""
        self.console.print(plain(text), style=style)

    def print_all(self) -> None:
        """Print both parts and the indicator."""
        name = self.responses[0]["reporting_unit_name"]
        self.console.print()
        self.say(self.text("title", unit=self.unit, name=name), "bold")
        provenance = self.year_row[f"provenance_{self.language}"]
        if provenance:
            self.say(provenance, "italic")
        for response in self.responses:
            self.console.print()
            self.print_part(response)
        self.print_unplaced()
        self.print_answers()
        self.print_indicator()
        self.console.print()

    def print_part(self, response: Row) -> None:
        """Print one part: what it rests on, findings, figures."""
        status = self.text(
            response["status"],
            submission=response["submission_id"],
            received=response["received_text"],
            source=response["source_year"],
        )
        self.say(f"{response[f'part_name_{self.language}']}: {status}", "bold")
        if response["receipt_status"] == "rejected":
            self.say(self.text("rejected"))
        self.print_reviews(response["target_group"])
        self.print_findings(response["target_group"])
        self.print_figures(response)

    def print_reviews(self, target_group: str) -> None:
        """Print what reviewers decided."""
        for row in self.marts.rows(
            """from marts.fct_review
            where year = $1 and reporting_unit_code = $2 and target_group = $3
            order by line_number""",
            self.year,
            self.unit,
            target_group,
        ):
            decision = self.text(
                row["decision"],
                column=row["column_name"],
                service=row["service_label"],
                old=row["old_value"],
                new=row["new_value"],
            )
            self.say(
                self.text(
                    "reviewed",
                    day=row["decided_on"],
                    role=row["reviewer_role"],
                    decision=decision,
                    reason=row["reason"],
                )
            )

    def print_findings(self, target_group: str) -> None:
        """Print every finding about the unit's submissions of a part."""
        rows = self.marts.rows(
            f"""
            select submission_id, severity, set_aside_by,
                message_{self.language} as message
            from marts.fct_submission_issue
            where year = $1 and reporting_unit_code = $2 and target_group = $3
                and concerns = 'person_years'
            order by set_aside_by is not null, severity, issue_number
            """,
            self.year,
            self.unit,
            target_group,
        )
        if not rows:
            self.say(self.text("none"))
        for row in rows:
            kind = "set_aside" if row["set_aside_by"] else row["severity"]
            self.say(f"  {self.text(kind)} {row['submission_id']}: {row['message']}")

    def print_unplaced(self) -> None:
        """Print findings about parts that are neither of the two."""
        self.print_errors(
            "unplaced", "concerns = 'person_years' and target_group = 'unknown'"
        )

    def print_answers(self) -> None:
        """Print findings about answers to the form's other questions."""
        self.print_errors("answers", "concerns = 'questions' and severity = 'error'")

    def print_errors(self, title: str, condition: str) -> None:
        """Print findings under a title, or nothing where there are none."""
        rows = self.marts.rows(
            f"""
            select submission_id, message_{self.language} as message
            from marts.fct_submission_issue
            where year = $1 and reporting_unit_code = $2 and {condition}
            order by issue_number
            """,
            self.year,
            self.unit,
        )
        if rows:
            self.console.print()
            self.say(self.text(title), "bold")
        for row in rows:
            self.say(f"  {self.text('error')} {row['submission_id']}: {row['message']}")

    def print_figures(self, response: Row) -> None:
        """Print the figures of a part beside last year's and the group's."""
        rows = self.marts.rows(
            """from reports.rpt_unit_figures
            where year = ? and reporting_unit_code = ? and target_group = ?
            order by sort_order""",
            self.year,
            self.unit,
            response["target_group"],
        )
        table = Table()
        table.add_column("", overflow="fold")
        for heading in (
            self.text("this_year"),
            self.text("before"),
            self.text("change"),
            self.text("per_1000"),
            rows[0][f"comparison_name_{self.language}"],
        ):
            table.add_column(heading, justify="right")
        breakdown = None
        for row in rows:
            if breakdown not in (None, row["breakdown"]):
                table.add_section()
            breakdown = row["breakdown"]
            table.add_row(
                row[f"category_{self.language}"],
                *(
                    number(row[key], self.language)
                    for key in (
                        "fte",
                        "fte_before",
                        "change_fte",
                        "per_1000",
                        "comparison_per_1000",
                    )
                ),
            )
        self.console.print(table)
        if all(row["fte_before"] is None for row in rows) and self.is_first_year():
            self.say(self.text("not_compared"))

    def is_first_year(self) -> bool:
        """Return whether the year is the first of its series."""
        return bool(
            self.marts.rows(
                "from marts.dim_series where series_code = $1 and first_year = $2",
                self.year_row["series_code"],
                self.year,
            )
        )

    def print_indicator(self) -> None:
        """Print the unit's published measures, where it is a region of its own."""
        rows = self.marts.rows(
            """from reports.rpt_unit_indicator
            where year = ? and reporting_unit_code = ? order by sort_order""",
            self.year,
            self.unit,
        )
        if not rows:
            return
        self.console.print()
        table = Table(
            title=self.text("indicator", name=rows[0]["region_name"]),
            title_justify="left",
            title_style="bold",
        )
        table.add_column("", overflow="fold")
        for heading in (
            str(self.year),
            self.text("before"),
            rows[0][f"comparison_name_{self.language}"] or "",
        ):
            table.add_column(heading, justify="right")
        for row in rows:
            table.add_row(
                row[f"name_{self.language}"],
                *(
                    number(row[key], self.language)
                    for key in ("per_1000", "per_1000_before", "comparison_per_1000")
                ),
            )
        self.console.print(table)
        reasons = [row[f"reason_{self.language}"] for row in rows]
        for reason in dict.fromkeys(filter(None, reasons)):
            self.say(self.text("empty", reason=reason))
        (caveat,) = self.marts.rows(
            f"""select any_value(caveat_{self.language}) as care
            from marts.fct_comparison"""
        )
        self.say(caveat["care"])


def main(arguments: list[str] | None = None) -> int:
    """Print a unit's feedback; return the exit code."""
    parser = Parser(description="A unit's own feedback.")
    parser.add_argument("--unit", required=True, help="code or name: 4601 or Bergen")
    parser.add_argument("--year", type=int, help="default: the newest")
    add_language(parser)
    options = parser.parse_args(arguments)

    def work(marts: Marts) -> None:
        # A terminal has its own width; a file gets lines of a fixed one.
        width = None if sys.stdout.isatty() else 120
        console = Console(width=width, highlight=False, emoji=False)
        Feedback(
            marts, options.unit, options.year, options.language, console
        ).print_all()

    return report(work, options.language)


if __name__ == "__main__":
    sys.exit(main())
