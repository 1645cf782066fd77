"""Print the control of a year's collection, and write whom to contact.

    make control YEAR=2025       (or: python -m arsverk.control --year 2025)

For the person who receives the forms: who has answered, what cannot be used
and why, whom to ask first, and how good the year's figures are. Everything
printed is what the marts say; here it is only laid out.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from arsverk.sheets import write_csv, write_xlsx
from arsverk.typed import Parser, add_language
from arsverk.wording import section
from arsverk.working_file import Marts, Row, report

TEXTS = section("control")
WIDTHS = (11, 9, 24, 14, 18, 11, 11, 12, 12, 90, 40)
SHOWN = 15


def number(value: Decimal | int | None, language: str) -> str:
    """Return a figure as people write it; nothing is rounded here."""
    if value is None:
        return "–"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    whole, mark, decimals = text.partition(".")
    separator = "\u2009" if language == "nb" else ","
    whole = f"{int(whole):,}".replace(",", separator) if len(whole) > 4 else whole
    return whole + mark.replace(".", "," if language == "nb" else ".") + decimals


class Control:
    """The report of one year in one language."""

    def __init__(
        self, marts: Marts, year: int | None, language: str, console: Console
    ) -> None:
        self.marts, self.language, self.console = marts, language, console
        self.year_row = marts.year(year)
        self.year = self.year_row["year"]
        self.texts = TEXTS[language]
        self.parts = {
            row["target_group"]: row["name"]
            for row in marts.rows(
                f"""select target_group, name_{language} as name
                from marts.dim_target_group order by sort_order"""
            )
        }

    def text(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return str(self.texts[key]).format(year=self.year, **values)

    def number(self, value: Decimal | int | None) -> str:
        """Return a figure as text."""
        return number(value, self.language)

    def table(self, title: str, *columns: str, right: tuple[str, ...] = ()) -> Table:
        """Return an empty table."""
        table = Table(title=title, title_justify="left", title_style="bold")
        for column in columns:
            table.add_column(
                column,
                justify="right" if column in right else "left",
                overflow="fold",
            )
        return table

    def print_all(self) -> None:
        """Print every section."""
        self.console.print(f"\n[bold]{self.text('title')}[/bold]")
        provenance = self.year_row[f"provenance_{self.language}"]
        if provenance:
            self.console.print(provenance, style="italic", markup=False)
        self.console.print()
        for print_section in (
            self.print_status,
            self.print_checks_off,
            self.print_unusable,
            self.print_answers,
            self.print_silent,
            self.print_contacts,
            self.print_quality,
            self.print_range,
        ):
            print_section()
            self.console.print()

    def print_status(self) -> None:
        """Print who has answered, part by part."""
        rows = self.marts.rows(
            "from reports.rpt_collection_status where year = ? order by target_group",
            self.year,
        )
        keys = ("expected", "usable", "rejected", "missing", "carried", "no_value")
        before = self.text("before", before=self.year - 1)
        headings = [self.text(key) for key in keys]
        table = self.table(
            self.text("status", day=rows[0]["day"] or "–"),
            self.text("part"),
            *headings,
            before,
            right=(*headings, before),
        )
        for row in rows:
            earlier = "–"
            if row["expected_year_before"] is not None:
                earlier = self.text(
                    "of",
                    n=row["received_year_before"],
                    all=row["expected_year_before"],
                )
            table.add_row(
                self.parts[row["target_group"]],
                *(self.number(row[key]) for key in keys),
                earlier,
            )
        self.console.print(table)

    def print_checks_off(self) -> None:
        """Print which checks could not be applied, and why."""
        rows = self.marts.rows(
            "from reports.rpt_checks_off where year = ? order by reason_code",
            self.year,
        )
        (counted,) = self.marts.rows(
            "select count(*) as n from intermediate.int_checks__applied where year = ?",
            self.year,
        )
        if not counted["n"]:
            self.console.print(self.text("no_answer"))
            return
        table = self.table(self.text("off"), self.text("check"), self.text("why"))
        for row in rows:
            why = self.text(row["reason_code"], n=row["n_off"], all=row["n_parts"])
            table.add_row(plain(row[f"checks_{self.language}"]), plain(why))
        self.print_table(table)

    def print_unusable(self) -> None:
        """Print the parts of which nothing can be used, with every reason."""
        rows = self.marts.rows(
            """from reports.rpt_unusable_parts where year = ?
            order by fte desc nulls first, reporting_unit_code, target_group,
                submission_id""",
            self.year,
        )
        table = self.table(
            self.text("unusable", n=len(rows)),
            self.text("unit"),
            self.text("part"),
            self.text("submission"),
            self.text("why"),
        )
        for row in rows:
            table.add_row(
                self.unit(row),
                self.parts.get(row["target_group"], "?"),
                plain(row["submission_id"]),
                plain(row[f"messages_{self.language}"]),
            )
        self.print_table(table)
        (others,) = self.marts.rows(
            """select sum(rejected_beside_another) as n
            from reports.rpt_collection_status where year = ?""",
            self.year,
        )
        if others["n"]:
            self.console.print(self.text("others", n=others["n"]))

    def print_answers(self) -> None:
        """Print the answers to the other questions that cannot be counted."""
        rows = self.marts.rows(
            """from reports.rpt_unusable_answers where year = ?
            order by reporting_unit_code, issue_number""",
            self.year,
        )
        table = self.table(
            self.text("answers", n=len(rows)),
            self.text("unit"),
            self.text("submission"),
            self.text("why"),
        )
        for row in rows[:SHOWN]:
            table.add_row(
                self.unit(row),
                plain(row["submission_id"]),
                plain(row[f"message_{self.language}"]),
            )
        self.print_table(table)
        if len(rows) > SHOWN:
            self.console.print(self.text("more", n=len(rows) - SHOWN))

    def print_silent(self) -> None:
        """Print who has not been heard from, by the person-years they had."""
        rows = self.marts.rows(
            "from reports.rpt_silent_units where year = ? order by sort_order",
            self.year,
        )
        table = self.table(
            self.text("silent", n=len(rows)),
            self.text("unit"),
            self.text("part"),
            self.text("fte_before"),
            self.text("source"),
            right=(self.text("fte_before"),),
        )
        for row in rows[:SHOWN]:
            table.add_row(
                self.unit(row),
                self.parts[row["target_group"]],
                self.number(row["fte_one_decimal"]),
                str(row["source_year"] or "–"),
            )
        self.print_table(table)
        if len(rows) > SHOWN:
            self.console.print(self.text("more", n=len(rows) - SHOWN))

    def contacts(self) -> list[Row]:
        """Return the list of units to contact."""
        return self.marts.rows(
            "from reports.rpt_contacts where year = ? order by contact_order", self.year
        )

    def print_contacts(self) -> None:
        """Print whom to ask first."""
        found = self.contacts()
        # Whom to phone weighs something also as it is shown, with two decimals.
        rows = [row for row in found if row["influence_two_decimals"]]
        table = self.table(
            self.text("contact", shown=min(SHOWN, len(rows)), n=len(rows)),
            "",
            self.text("unit"),
            self.text("reason"),
            self.text("influence"),
            right=("", self.text("influence")),
        )
        for row in rows[:SHOWN]:
            table.add_row(
                str(row["contact_order"]),
                row["reporting_unit_code"],
                plain(row[f"reason_{self.language}"]),
                self.number(row["influence_two_decimals"]),
            )
        self.print_table(table)
        if len(rows) < len(found):
            self.console.print(self.text("no_influence", n=len(found) - len(rows)))
        (reviews,) = self.marts.rows(
            "select count(*) as n from marts.fct_review where year = $1", self.year
        )
        if reviews["n"]:
            self.console.print(self.text("reviewed", n=reviews["n"]))

    def print_quality(self) -> None:
        """Print the quality measures that apply."""
        rows = self.marts.rows(
            "from reports.rpt_quality where year = ? order by sort_order", self.year
        )
        headings = (*self.parts.values(), self.text("all"))
        table = self.table(
            self.text("quality"), self.text("measure"), *headings, right=headings
        )
        for row in rows:
            values = [row[f"of_{key}"] for key in (*self.parts, "all")]
            if row["unit"] == "years":
                texts = [f"{value:.0f}" for value in values]
            else:
                sign = " %" if row["unit"] == "percent" else ""
                texts = [self.number(value) + sign for value in values]
            table.add_row(row[f"name_{self.language}"], *texts)
        self.print_table(table)

    def print_range(self) -> None:
        """Print the country's rate with and without carried-forward person-years."""
        rows = self.marts.rows(
            """from reports.rpt_imputation_range where year = ? and sort_order <= 4
            order by sort_order""",
            self.year,
        )
        headings = (self.text("with"), self.text("without"))
        table = self.table(
            self.text("range"), self.text("region"), *headings, right=headings
        )
        for row in rows:
            table.add_row(
                row["region_name"],
                self.number(row["per_1000"]),
                self.number(row["per_1000_without_imputed"]),
            )
        self.print_table(table, self.text("no_rates"))

    def unit(self, row: Row) -> str:
        """Return a unit's code and name."""
        return plain(f"{row['reporting_unit_code']} {row['reporting_unit_name']}")

    def print_table(self, table: Table, none: str | None = None) -> None:
        """Print a table, or its title and why there is nothing in it."""
        if table.row_count:
            self.console.print(table)
        else:
            said = none or self.text("none")
            self.console.print(f"[bold]{table.title}[/bold]: {said}")

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write the whole list of units to contact, as CSV and XLSX."""
        folder.mkdir(parents=True, exist_ok=True)
        basis = self.year_row[f"provenance_{self.language}"]
        rows = [
            (
                row["contact_order"],
                row["reporting_unit_code"],
                row["reporting_unit_name"],
                self.parts[row["target_group"]],
                row["submission_id"],
                row["fte"],
                row["fte_before"],
                row["influence_fte"],
                row["influence_pct"],
                row[f"reason_{self.language}"],
                basis,
            )
            for row in self.contacts()
        ]
        name = folder / f"contact_list_{self.year}"
        headings = self.texts["columns"].split("\n")
        return (
            write_csv(name.with_suffix(".csv"), headings, rows),
            write_xlsx(
                name.with_suffix(".xlsx"), self.text("sheet"), headings, rows, WIDTHS
            ),
        )


def plain(text: str) -> str:
    """Return a text in which nothing is taken for markup or moves the cursor."""
    shown = re.sub("[\u00a0\u2009\u202f]", " ", text)
    return escape(
        "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in shown)
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the control of a year and write the contact list; return the exit code."""
    parser = Parser(description="Control of a year's collection.")
    parser.add_argument("--year", type=int, help="default: the newest")
    add_language(parser)
    parser.add_argument("--out", type=Path, default=Path("target/control"))
    options = parser.parse_args(arguments)

    def work(marts: Marts) -> None:
        # A terminal has its own width; a file gets lines of a fixed one.
        width = None if sys.stdout.isatty() else 120
        console = Console(width=width, highlight=False, emoji=False)
        control = Control(marts, options.year, options.language, console)
        paths = control.write(options.out)
        control.print_all()
        console.print(control.text("written"))
        for path in paths:
            console.print(f"  {path}", markup=False, soft_wrap=True)

    return report(work, options.language)


if __name__ == "__main__":
    sys.exit(main())
