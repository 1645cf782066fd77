"""The front page: the country, the maps, the counties side by side."""

from __future__ import annotations

import itertools
from decimal import Decimal
from functools import cache

from arsverk.site.borders import Borders, read_borders
from arsverk.site.edition import Page
from arsverk.site.figures import CLASSES, Cell, Figure, Table, bars, map_of
from arsverk.site.shared import Shared


@cache
def borders_of(level: str, structure_year: int) -> Borders | None:
    """Return borders, read once."""
    return read_borders(level, structure_year)


class IndicatorPage(Shared):
    """The front page."""

    def indicator_page(self) -> Page:
        """Return the page of the published indicator."""
        return self.page(
            "indicator",
            "indicator.html",
            self.all_years(),
            title=self.t("site.person_years_municipal_mental"),
            result=[
                self.own(row, "text")
                for row in self.content.notes.values()
                if row["section"] == "result"
            ],
            tiles=self.tiles(self.country),
            maps=self.maps(),
            figures=[
                self.development(self.country),
                self.by_category(self.country, "education"),
                self.counties(),
            ],
            measures=self.measures_tables(self.country),
            caveats=[
                self.own(row, "text")
                for row in self.content.notes.values()
                if row["section"] == "notes"
            ],
            education=self.content.education,
            downloads=self.downloads,
        )

    def maps(self) -> list[Figure]:
        """Return the maps of counties and municipalities."""
        return [
            figure
            for level in ("county", "municipality")
            if (figure := self.map_figure(level))
        ]

    def map_figure(self, level: str) -> Figure | None:
        """Return a map, where there are borders for the series."""
        year = self.content.year
        series = next(
            row
            for row in self.content.series
            if year in self.content.years_of_series[row["series_code"]]
        )
        borders = borders_of(level, series["structure_year"])
        regions = [r for r in self.content.pages_of(level) if r["last_year"] == year]
        code = {"county": "counties", "municipality": "municipalities"}[level]
        title = self.sentence(self.country, f"{code}_on_the_map", year)
        if borders is None or not regions or not title:
            return None
        values, rows = {}, []
        for region in regions:
            row = self.rate_row(region["region_key"], year)
            name, text = self.own(region, "name"), self.rate_or_reason(row)
            href = self.region_path(region)
            values[region["region_code"]] = (row["rate"], f"{name}: {text}", href)
            line: list[Cell | str] = [Cell(name, href)]
            if level == "municipality":
                line.append(region["county_name"] or "")
            rows.append([*line, text, self.one(row["fte"])])
        place = (
            self.t("site.county") if level == "county" else self.t("site.municipality")
        )
        headings = [place]
        if level == "municipality":
            headings.append(self.t("site.county"))
        return Figure(
            name=f"map-{level}",
            title=title,
            kind="map",
            alternative=self.t("site.map_person_years_per")
            if level == "municipality"
            else self.t("site.map_person_years_per_1_000"),
            drawing=map_of(borders, values, self.classes(), self.t("site.not_shown_2")),
            table=Table(
                [
                    *headings,
                    self.t("site.person_years_per_1_000_inhabitants", year=year),
                    self.t("site.person_years_2", year=year),
                ],
                rows,
                n_text=len(headings),
            ),
            notes=[
                self.t(
                    "site.borders_on_1_january", structure_year=series["structure_year"]
                )
            ],
            folded=level == "municipality",
        )

    def classes(self) -> list[str]:
        """Return the classes of the maps in words."""
        tenth = Decimal("0.1")
        found = [self.t("site.under") + self.one(CLASSES[0])]
        found += [
            f"{self.one(low)}–{self.one(high - tenth)}"
            for low, high in itertools.pairwise(CLASSES)
        ]
        return [*found, self.one(CLASSES[-1]) + self.t("site.over")]

    def counties(self) -> Figure | None:
        """Return the counties side by side, in alphabetical order."""
        year = self.content.year
        title = self.sentence(self.country, "counties_beside_the_country", year)
        counties = [
            r for r in self.content.pages_of("county") if r["last_year"] == year
        ]
        country = self.rate_row("country:0", year)
        if not title or not counties:
            return None
        rows, table = [], []
        for region in counties:
            row = self.rate_row(region["region_key"], year)
            name = self.own(region, "name")
            rows.append((name, [row["rate"]], self.rate_or_reason(row), ["own"]))
            measures = [
                self.rate_or_reason(
                    self.rate_row(region["region_key"], year, measure["measure_code"])
                )
                for measure in self.content.measures
                if measure["series_code"] == region["last_series_code"]
            ]
            table.append([Cell(name, self.region_path(region)), *measures])
        label = f"{self.own(self.country, 'name')} {self.one(country['rate'])}"
        return Figure(
            name="counties",
            title=title,
            kind="bars",
            alternative=self.t("site.bar_chart_counties_alphabetical"),
            drawing=bars(rows, line=(country["rate"], label)),
            table=Table(
                [
                    self.t("site.county"),
                    *(
                        self.own(measure, "name")
                        for measure in self.content.measures
                        if measure["series_code"] == counties[0]["last_series_code"]
                    ),
                ],
                table,
            ),
        )
