"""The yearly report."""

from __future__ import annotations

from decimal import Decimal

from arsverk.site.edition import HUNDRED, Page
from arsverk.site.figures import Bars, Figure, Table, bars
from arsverk.site.shared import Shared
from arsverk.working_file import Row


class ReportPage(Shared):
    """The yearly report."""

    def report_page(self) -> Page:
        """Return the page of the yearly report."""
        figures = self.content.key_figures
        groups = ("county", "size_group")
        return self.page(
            "report",
            "report.html",
            self.years_of_report(),
            title=self.t("site.yearly_report", year=self.content.year),
            person_years=[
                self.own(row, "text")
                for row in self.content.notes.values()
                if row["section"] == "person_years"
            ],
            figures=[
                figure
                for figure in (
                    self.by_category(self.country, "service"),
                    self.by_category(self.country, "education"),
                )
                if figure
            ],
            national=[
                (
                    self.own(rows[0], "part"),
                    rows[0]["target_group"],
                    self.change_table(rows, by_region=False),
                )
                for target_group in ("all", "adults", "children_youth")
                if (
                    rows := [
                        row
                        for row in figures
                        if row["region_level"] == "country"
                        and row["target_group"] == target_group
                    ]
                )
            ],
            regions=[
                (
                    level,
                    self.change_table(
                        [
                            row
                            for row in figures
                            if row["region_level"] == level
                            and row["target_group"] == "all"
                            and row["breakdown"] == "total"
                        ],
                        by_region=True,
                    ),
                )
                for level in groups
            ],
            questions=self.questions(),
            answers_provenance=self.note("provenance_of_answers"),
            change_provenance=self.note("provenance_of_change"),
            rounding=self.note("rounding"),
            has_changes=any(row["change_fte"] is not None for row in figures),
        )

    def years_of_report(self) -> list[int]:
        """Return the years that the report's figures are from."""
        carried = {
            row["source_year"]
            for rows in self.content.responses.values()
            for row in rows
            if row["status"] == "carried_forward"
        }
        return sorted({self.content.year, self.content.year - 1, *carried})

    def change_table(self, rows: list[Row], by_region: bool) -> Table:
        """Return person-years and their change from the year before."""
        breakdowns = {
            "total": self.t("site.total"),
            "service": self.t("site.service"),
            "education": self.t("site.education"),
        }
        last = self.t("site.person_years_per_1")
        return Table(
            [
                *(
                    [self.t("site.region")]
                    if by_region
                    else [
                        self.t("site.breakdown"),
                        self.t("site.service_or_education"),
                    ]
                ),
                self.t("site.person_years"),
                self.t("site.change"),
                self.t("site.change_2"),
                last if by_region else self.t("site.share_person_years"),
            ],
            [
                [
                    *(
                        [self.own(row, "region")]
                        if by_region
                        else [breakdowns[row["breakdown"]], self.own(row, "category")]
                    ),
                    self.number(row["fte"]),
                    self.signed(row["change_fte"], 0),
                    self.signed(row["change_pct"], 1),
                    self.one(row["rate"])
                    if by_region
                    else self.percent(row["share_pct"]),
                ]
                for row in rows
                if not row["is_left_out"]
            ],
            n_text=1 if by_region else 2,
            is_narrow=not by_region,
        )

    def signed(self, value: Decimal | None, decimals: int, unit: str = "") -> str:
        """Return a change with its sign."""
        if value is None:
            return "–"
        sign = "+" if value > 0 else "\u2212" if value < 0 else ""
        return sign + self.number(abs(value), decimals) + unit

    def questions(self) -> list[dict[str, object]]:
        """Return the answers to each question, in total and by population size."""
        by_question: dict[str, list[Row]] = {}
        for row in self.content.answers:
            by_question.setdefault(row["question_code"], []).append(row)
        return [
            {"heading": self.own(rows[0], "question"), "figure": self.question(rows)}
            for rows in by_question.values()
        ]

    def question(self, rows: list[Row]) -> Figure:
        """Return the shares of the answers to a question."""
        code = rows[0]["question_code"]
        sizes = sorted(
            {(r["size_group_sort_order"], r["size_group_code"]) for r in rows}
        )
        names = {r["size_group_code"]: self.own(r, "size_group") for r in rows}
        bases = {r["size_group_code"]: r["base"] for r in rows}
        totals = [r for r in rows if r["size_group_code"] == "all"]
        shares = {
            (r["answer_code"], r["size_group_code"]): r["share_rounded"] for r in rows
        }
        answers = list(
            dict.fromkeys((r["answer_code"], self.own(r, "answer")) for r in rows)
        )
        table = [
            [name, *(self.percent(shares.get((answer, size)), 0) for _, size in sizes)]
            for answer, name in answers
        ]
        table.append(
            [
                self.t("site.number_that_answered"),
                *(self.number(bases[size]) for _, size in sizes),
            ]
        )
        several = (
            [self.t("site.several_answers_possible")] if rows[0]["is_multiple"] else []
        )
        return Figure(
            name=code.replace("_", "-"),
            title=self.note(code) or self.own(rows[0], "question"),
            kind="bars",
            alternative=self.t("site.bar_chart_answers_per"),
            drawing=self.bars_of_shares(totals),
            table=Table(
                [self.t("site.answer"), *(names[size] for _, size in sizes)],
                table,
                n_sums=1,
            ),
            notes=several,
        )

    def bars_of_shares(self, rows: list[Row]) -> Bars:
        """Return bars of shares, of which a whole length is everybody."""
        return bars(
            [
                (
                    self.own(row, "answer"),
                    [row["share_rounded"]],
                    self.percent(row["share_rounded"], 0),
                    ["own"],
                )
                for row in rows
            ],
            largest=HUNDRED,
        )
