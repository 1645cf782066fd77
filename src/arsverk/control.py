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
from arsverk.working_file import Marts, Row, report

TEXTS = {
    "nb": {
        "title": "Kontroll av innsamlingen {year}",
        "status": "Hvem har svart, siste mottak {day}",
        "expected": "skal svare",
        "usable": "brukbart svar",
        "rejected": "bare avvist",
        "missing": "ikke hørt fra",
        "carried": "videreført",
        "no_value": "uten verdi",
        "before": "svart samme dag i {before}",
        "of": "{n} av {all}",
        "unusable": "Kan ikke brukes, uten brukbart svar eller plass ({n})",
        "others": "I tillegg er {n} avvist der en annen innsending gjelder.",
        "unit": "enhet",
        "part": "del",
        "submission": "innsending",
        "why": "hvorfor, og hva som må gjøres",
        "none": "Ingen.",
        "off": "Kontroller som er av",
        "check": "hva som ikke er kontrollert",
        "no_inhabitants": "Innbyggere i {year} mangler for {n} av {all} svar: fyll ut"
        " population.csv og district_population.csv i seeds/reference.",
        "no_year_before": "{year} har ingen tall fra året før i samme serie.",
        "small_groups": "Ingen KOSTRA-gruppe har nok svar å sammenligne med ennå.",
        "no_own_sum": "Ingen av skjemaene har sin egen sum.",
        "no_answer": "Ingen kontroller ennå: {year} har ingen brukbare svar.",
        "no_rates": "Ikke regnet ut: innbyggere i {year} eller svar mangler.",
        "answers": "Svar på spørsmål som ikke kan telles ({n})",
        "silent": "Ikke hørt fra, de største først ({n})",
        "fte_before": "årsverk de har fra før",
        "source": "sist svart",
        "more": "… og {n} til.",
        "contact": "Ring først ({shown} av {n})",
        "no_influence": "{n} til har funn med innflytelse 0,00 %; de står i listen.",
        "reason": "hvorfor",
        "influence": "% av landet",
        "reviewed": "{n} avgjørelser etter gjennomgang gjelder dette året.",
        "quality": "Innsamlingens kvalitet",
        "measure": "mål",
        "all": "begge",
        "range": "Årsverk per 1 000 innbyggere, med og uten videreførte",
        "region": "region",
        "with": "med",
        "without": "uten",
        "written": "Hele listen over hvem som bør kontaktes:",
        "sheet": "Kontaktliste {year}",
        "columns": (
            "rekkefølge",
            "enhet",
            "navn",
            "del",
            "innsending",
            "årsverk",
            "årsverk året før",
            "innflytelse, årsverk",
            "innflytelse, % av landet",
            "hvorfor",
            "grunnlag",
        ),
    },
    "en": {
        "title": "Control of the collection of {year}",
        "status": "Who has answered, last receipt {day}",
        "expected": "must answer",
        "usable": "usable answer",
        "rejected": "only rejected",
        "missing": "not heard from",
        "carried": "carried forward",
        "no_value": "without a value",
        "before": "heard from by that day in {before}",
        "of": "{n} of {all}",
        "unusable": "Cannot be used, without a usable answer or place ({n})",
        "others": "{n} more are rejected where another submission counts.",
        "unit": "unit",
        "part": "part",
        "submission": "submission",
        "why": "why, and what to do",
        "none": "None.",
        "off": "Checks that are off",
        "check": "what is not checked",
        "no_inhabitants": "Inhabitants of {year} are missing for {n} of {all} answers:"
        " fill in population.csv and district_population.csv in seeds/reference.",
        "no_year_before": "{year} has no figures of the year before in its series.",
        "small_groups": "No KOSTRA group has enough answers to compare with yet.",
        "no_own_sum": "None of the forms has a sum of its own.",
        "no_answer": "No check of the figures yet: {year} has no usable answers.",
        "no_rates": "Not computed: inhabitants of {year} or answers are missing.",
        "answers": "Answers to questions that cannot be counted ({n})",
        "silent": "Not heard from, the largest first ({n})",
        "fte_before": "person-years they had",
        "source": "last answer",
        "more": "… and {n} more.",
        "contact": "Phone first ({shown} of {n})",
        "no_influence": "{n} more have findings with an influence of 0.00 %; the list"
        " has them.",
        "reason": "why",
        "influence": "% of the country",
        "reviewed": "{n} reviewers' decisions are about this year.",
        "quality": "Quality of the collection",
        "measure": "measure",
        "all": "both",
        "range": "Person-years per 1,000 inhabitants, with and without carried-forward",
        "region": "region",
        "with": "with",
        "without": "without",
        "written": "The whole list of whom to contact:",
        "sheet": "Contact list {year}",
        "columns": (
            "order",
            "unit",
            "name",
            "part",
            "submission",
            "person-years",
            "person-years the year before",
            "influence, person-years",
            "influence, % of the country",
            "why",
            "basis",
        ),
    },
}
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
        for section in (
            self.print_status,
            self.print_checks_off,
            self.print_unusable,
            self.print_answers,
            self.print_silent,
            self.print_contacts,
            self.print_quality,
            self.print_range,
        ):
            section()
            self.console.print()

    def print_status(self) -> None:
        """Print who has answered, part by part."""
        rows = self.marts.rows(
            """
            select
                responses.*,
                days.day,
                days.received_year_before,
                days.expected_year_before
            from (
                select
                    target_group,
                    count(*) as expected,
                    count(*) filter (receipt_status = 'received') as usable,
                    count(*) filter (receipt_status = 'rejected') as rejected,
                    count(*) filter (receipt_status = 'missing') as missing,
                    count(*) filter (status = 'carried_forward') as carried,
                    count(*) filter (status = 'missing') as no_value
                from marts.fct_response
                where year = $1
                group by target_group
            ) as responses
            left join (
                from marts.fct_collection_status
                where year = $1
                qualify row_number() over (
                    partition by target_group order by day desc
                ) = 1
            ) as days
                on responses.target_group = days.target_group
            order by responses.target_group
            """,
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
            f"""
            select
                reason_code,
                n_parts - max(n_applied) as n_off,
                n_parts,
                string_agg(checks_{self.language}, chr(10) order by rule_code) as checks
            from intermediate.int_checks__applied
            where year = $1 and (
                n_applied = 0
                or n_applied < n_parts and reason_code = 'no_inhabitants'
            )
            group by reason_code, n_parts
            order by reason_code
            """,
            self.year,
        )
        (counted,) = self.marts.rows(
            """select count(*) as n from intermediate.int_checks__applied
            where year = $1""",
            self.year,
        )
        if not counted["n"]:
            self.console.print(self.text("no_answer"))
            return
        table = self.table(self.text("off"), self.text("check"), self.text("why"))
        for row in rows:
            why = self.text(row["reason_code"], n=row["n_off"], all=row["n_parts"])
            table.add_row(plain(row["checks"]), plain(why))
        self.print_table(table)

    def print_unusable(self) -> None:
        """Print the parts of which nothing can be used, with every reason."""
        rows = self.marts.rows(
            f"""
            select
                issues.reporting_unit_code,
                coalesce(responses.reporting_unit_name, '') as reporting_unit_name,
                issues.target_group,
                issues.submission_id,
                responses.fte,
                string_agg(
                    issues.message_{self.language}, chr(10)
                    order by issues.issue_number
                ) as messages
            from marts.fct_submission_issue as issues
            left join marts.fct_response as responses
                on issues.year = responses.year
                and issues.reporting_unit_code = responses.reporting_unit_code
                and issues.target_group = responses.target_group
            where issues.year = $1 and issues.concerns = 'person_years'
                and issues.severity = 'error' and issues.set_aside_by is null
                and coalesce(responses.receipt_status, '') != 'received'
                -- A part of unknown name is settled when both parts are in.
                and not (
                    issues.target_group = 'unknown'
                    and (
                        select count(*) from marts.fct_response as received
                        where received.year = issues.year
                            and received.reporting_unit_code
                            = issues.reporting_unit_code
                            and received.receipt_status = 'received'
                    ) = 2
                )
            group by all
            order by responses.fte desc nulls first, issues.reporting_unit_code,
                issues.target_group, issues.submission_id
            """,
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
                plain(row["messages"]),
            )
        self.print_table(table)
        (others,) = self.marts.rows(
            """
            select count(*) as n
            from marts.fct_submission as submissions
            inner join marts.fct_response as responses
                on submissions.year = responses.year
                and submissions.reporting_unit_code = responses.reporting_unit_code
                and submissions.target_group = responses.target_group
            where submissions.year = $1 and submissions.outcome = 'rejected'
                and responses.receipt_status = 'received'
            """,
            self.year,
        )
        if others["n"]:
            self.console.print(self.text("others", n=others["n"]))

    def print_answers(self) -> None:
        """Print the answers to the other questions that cannot be counted."""
        rows = self.marts.rows(
            f"""
            select
                issues.reporting_unit_code,
                coalesce(any_value(responses.reporting_unit_name), '')
                    as reporting_unit_name,
                issues.submission_id,
                issues.message_{self.language} as message
            from marts.fct_submission_issue as issues
            left join marts.fct_response as responses
                on issues.year = responses.year
                and issues.reporting_unit_code = responses.reporting_unit_code
            where issues.year = $1 and issues.concerns = 'questions'
                and issues.severity = 'error'
            group by issues.issue_number, issues.reporting_unit_code,
                issues.submission_id, message
            order by issues.reporting_unit_code, issues.issue_number
            """,
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
                self.unit(row), plain(row["submission_id"]), plain(row["message"])
            )
        self.print_table(table)
        if len(rows) > SHOWN:
            self.console.print(self.text("more", n=len(rows) - SHOWN))

    def print_silent(self) -> None:
        """Print who has not been heard from, by the person-years they had."""
        rows = self.marts.rows(
            """
            select
                reporting_unit_code,
                reporting_unit_name,
                target_group,
                source_year,
                round(fte, 1) as fte_one_decimal
            from marts.fct_response
            where year = $1 and receipt_status = 'missing'
            order by fte desc nulls first, reporting_unit_code, target_group
            """,
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
            f"""
            select
                contact_order,
                reporting_unit_code,
                reporting_unit_name,
                target_group,
                submission_id,
                fte,
                fte_before,
                influence_fte,
                influence_pct,
                round(influence_pct, 2) as influence_two_decimals,
                reason_{self.language} as reason
            from marts.fct_contact_list
            where year = $1
            order by contact_order
            """,
            self.year,
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
                plain(row["reason"]),
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
            f"""
            select
                name_{self.language} as name,
                unit,
                any_value(round(value, 1)) filter (target_group = 'adults') as adults,
                any_value(round(value, 1)) filter (target_group = 'children_youth')
                    as children_youth,
                any_value(round(value, 1)) filter (target_group = 'all') as both_parts
            from marts.fct_collection_quality
            where year = $1 and value is not null
            group by sort_order, name, unit
            order by sort_order
            """,
            self.year,
        )
        headings = (*self.parts.values(), self.text("all"))
        table = self.table(
            self.text("quality"), self.text("measure"), *headings, right=headings
        )
        for row in rows:
            values = [row[key] for key in ("adults", "children_youth", "both_parts")]
            if row["unit"] == "years":
                texts = [f"{value:.0f}" for value in values]
            else:
                sign = " %" if row["unit"] == "percent" else ""
                texts = [self.number(value) + sign for value in values]
            table.add_row(row["name"], *texts)
        self.print_table(table)

    def print_range(self) -> None:
        """Print the country's rate with and without carried-forward person-years."""
        rows = self.marts.rows(
            """
            select region_name, per_1000, per_1000_without_imputed
            from marts.fct_imputation_range
            where year = $1 and measure_code = 'total' and per_1000 is not null
            order by region_level = 'country' desc, range_high - range_low desc,
                region_code
            limit 4
            """,
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
                row["reason"],
                basis,
            )
            for row in self.contacts()
        ]
        name = folder / f"contact_list_{self.year}"
        headings = self.texts["columns"]
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
