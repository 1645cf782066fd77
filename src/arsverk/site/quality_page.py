"""The page on the quality of the collection."""

from __future__ import annotations

from arsverk.site.edition import Page
from arsverk.site.figures import Figure, Points, Table, lines
from arsverk.site.shared import Shared
from arsverk.working_file import Row


class QualityPage(Shared):
    """The page on the quality of the collection."""

    def quality_page(self) -> Page:
        """Return the page on the quality of the collection."""
        year = self.content.year
        groups = ["adults", "children_youth", "all"]
        now: dict[str, dict[str, Row]] = {}
        for row in self.content.quality:
            if row["year"] == year:
                now.setdefault(row["quality_measure_code"], {})[row["target_group"]] = (
                    row
                )
        rows, definitions = [], []
        for by_group in now.values():
            some = next(iter(by_group.values()))
            rows.append(
                [
                    f"{self.own(some, 'name')} ({some['ess_code']})",
                    *(self.quality_value(by_group.get(group)) for group in groups),
                ]
            )
            definitions.append(
                (
                    self.own(some, "name"),
                    self.own(some, "definition"),
                    self.own(some, "note"),
                )
            )
        return self.page(
            "quality",
            "quality.html",
            self.all_years(),
            title=self.t("site.quality_collection"),
            lead=self.sentence(self.country, "response"),
            measures=Table(
                [
                    self.t("site.quality_measure"),
                    self.t("site.adults"),
                    self.t("site.children_youth"),
                    self.t("site.both_parts"),
                ],
                rows,
            ),
            definitions=definitions,
            figures=[
                self.quality_over_time(
                    "response",
                    "unit_nonresponse_units",
                    self.sentence(self.country, "response"),
                    self.t("site.line_chart_share_units"),
                ),
                self.quality_over_time(
                    "carried-forward",
                    "imputation_fte",
                    self.note("carried_forward")
                    or self.note("nothing_carried_forward"),
                    self.t("site.line_chart_person_years_carried_forward"),
                ),
            ],
            revisions=Table(
                [
                    self.t("site.from_release"),
                    self.t("site.release_2"),
                    self.t("site.about_year"),
                    self.t("site.reason"),
                    self.t("site.changed_values"),
                ],
                [
                    [
                        row["release_before"],
                        row["release_after"],
                        str(row["year"]),
                        self.own(row, "reason"),
                        self.number(row["n"]),
                    ]
                    for row in self.content.revisions
                ],
                n_text=4,
            ),
            n_releases=len(self.content.releases),
            breaks=[
                (row["year"], self.own(row, "break"))
                for row in self.content.years
                if row["is_break"]
            ],
            published=self.published_table(),
            caveats=[
                self.own(row, "text")
                for row in self.content.notes.values()
                if row["section"] == "notes"
            ],
            provenances=[
                self.own(row, "provenance")
                for row in self.content.years
                if row["is_reconstruction"]
            ],
        )

    def quality_value(self, row: Row | None) -> str:
        """Return a quality measure with its unit."""
        if row is None or row["value"] is None:
            return "–"
        if row["unit"] == "percent":
            text = self.percent(row["value"])
            # Both parts together count every unit twice.
            if row["denominator"] is not None and row["target_group"] != "all":
                text += self.t(
                    "site.of",
                    numerator=self.number(row["numerator"]),
                    denominator=self.number(row["denominator"]),
                )
            return text
        if row["unit"] == "years":
            return self.exact(row["value"])
        return self.one(row["value"])

    def quality_over_time(
        self, name: str, measure: str, title: str | None, alternative: str
    ) -> Figure | None:
        """Return a quality measure over the years, if there is any."""
        rows = {
            (row["target_group"], row["year"]): row
            for row in self.content.quality
            if row["quality_measure_code"] == measure
        }
        if not rows:
            return None
        drawn = [
            Points(label, style)
            for label, style in (
                (self.t("site.adults"), "own"),
                (self.t("site.children_youth"), "group"),
            )
        ]
        table = []
        for year in reversed(self.content.years):
            found = [rows.get((g, year["year"])) for g in ("adults", "children_youth")]
            for line, row in zip(drawn, found, strict=True):
                line.values[year["year"]] = row["value"] if row else None
            table.append(
                [
                    str(year["year"]),
                    *(self.percent(r["value"] if r else None) for r in found),
                ]
            )
        some = next(iter(rows.values()))
        return Figure(
            name=name,
            title=title or self.own(some, "name"),
            kind="lines",
            alternative=alternative,
            drawing=lines(
                [y for y in self.content.years_of_series.values() if y],
                drawn,
                lambda value: self.percent(value.normalize() + 0, 0),
                self.breaks_inside(),
            ),
            table=Table([self.t("site.year"), *(line.label for line in drawn)], table),
            notes=[f"{self.own(some, 'definition')}."],
        )

    def published_table(self) -> Table:
        """Return the published national figures beside those worked out here."""
        verdicts = {
            "equal": self.t("site.equal"),
            "known_exception": self.t("site.known_exception"),
            "not_compared": self.t("site.not_compared"),
        }
        return Table(
            [
                self.t("site.year"),
                self.t("site.what"),
                self.t("site.result"),
                self.t("site.explanation"),
                self.t("site.published"),
                self.t("site.worked_out_here"),
            ],
            [
                [
                    str(row["year"]),
                    self.t("site.person_years_3")
                    if row["unit"] == "fte"
                    else self.t("site.per_1_000_inhabitants"),
                    verdicts.get(row["verdict"], row["verdict"]),
                    self.own(row, "reason") or "",
                    self.number(row["published"].normalize() + 0, row["decimals"]),
                    self.number(row["computed"], 2),
                ]
                for row in self.content.published
            ],
            n_text=4,
        )
