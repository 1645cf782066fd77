"""The page of a municipality, a county or a city district."""

from __future__ import annotations

from arsverk.site.edition import HUNDRED, Page, path_of_region
from arsverk.site.figures import Figure, Table, bars
from arsverk.site.origin import Origin
from arsverk.working_file import Row


class RegionPage(Origin):
    """The page of a municipality, a county or a city district."""

    def note_on_city(self, region: Row) -> list[str]:
        """Return what is not in the figures of a district, and is in its city's."""
        if region["region_level"] != "district":
            return []
        return [self.t("site.person_years_services_that")]

    def note_on_group(self, key: str | None) -> list[str]:
        """Return what a KOSTRA group is."""
        if not key or not key.startswith("kostra_group:"):
            return []
        return [self.t("site.kostra_group_made_municipalities")]

    def beside(self, region: Row) -> list[tuple[Row, str]]:
        """Return what a region stands beside, itself first, each with its style."""
        found = [(region, "own")]
        newest = self.rate_row(region["region_key"], region["last_year"])
        keys = []
        if region["region_level"] == "district":
            keys.append(f"municipality:{region['municipality_code']}")
        elif region["region_level"] == "municipality":
            keys += [newest["comparison_key"], f"county:{region['county_code']}"]
        keys.append("country:0")
        for key in keys:
            other = self.content.regions.get(key)
            if other and all(other is not one for one, _ in found):
                style = {"country": "country", "county": "county"}
                found.append((other, style.get(other["region_level"], "group")))
        return found

    def comparison(self, region: Row) -> Figure:
        """Return a region beside its group, its county and the country."""
        year = region["last_year"]
        rows, table = [], []
        for other, style in self.beside(region):
            row = self.rate_row(other["region_key"], year)
            rate = row["rate"] if row else None
            name = self.own(other, "name")
            if other["region_level"] == "county":
                name += f" ({self.level_name('county')})"
            rows.append((name, [rate], self.rate_or_reason(row), [style]))
            n = (row["n_municipalities"] or None) if row else None
            table.append([name, self.rate_or_reason(row), self.number(n)])
        comparison = self.content.comparisons.get((region["region_key"], year))
        own = self.rate_row(region["region_key"], year)
        return Figure(
            name="comparison",
            title=self.sentence(region, "comparison"),
            kind="bars",
            alternative=self.t("site.bar_chart_person_years"),
            drawing=bars(rows),
            table=Table(
                [
                    self.t("site.region"),
                    self.t("site.person_years_per_1_000_inhabitants", year=year),
                    self.t("site.municipalities"),
                ],
                table,
            ),
            notes=[
                *([self.own(comparison, "text")] if comparison else []),
                *self.note_on_group(own["comparison_key"] if own else None),
                *self.note_on_city(region),
            ],
        )

    def target_groups(self, region: Row) -> Figure | None:
        """Return person-years for adults and for children and youth."""
        title = self.sentence(region, "target_groups")
        rows = self.content.composition.get(region["region_key"], [])
        total = next((row for row in rows if row["breakdown"] == "total"), None)
        if not title or total is None:
            return None
        parts = [
            (label, total[f"fte_{code}"], total[f"share_{code}_pct"], style)
            for code, (label, style) in zip(
                ("adults", "children_youth"), self.two_groups(), strict=True
            )
        ]
        table = [
            [label, self.one(fte), self.percent(pct)] for label, fte, pct, _ in parts
        ]
        all_of_them = [self.t("site.total"), self.one(total["fte"])]
        return Figure(
            name="target-groups",
            title=title,
            kind="bars",
            alternative=self.t("site.bar_chart_person_years_by_target"),
            drawing=bars(
                [
                    (label, [fte], self.one(fte), [style])
                    for label, fte, _, style in parts
                ]
            ),
            table=Table(
                [
                    self.t("site.target_group"),
                    self.t("site.person_years_2", year=total["year"]),
                    self.t("site.share_person_years"),
                ],
                [*table, [*all_of_them, self.percent(HUNDRED, 0)]],
                n_sums=1,
            ),
        )

    def measures_tables(self, region: Row) -> list[dict[str, object]]:
        """Return the four measures by year, a table for each series."""
        found = []
        for series in reversed(self.content.series):
            code = series["series_code"]
            key = self.key_in_series(region, code)
            shown = [
                year
                for year in self.content.years_of_series[code]
                if key and self.rate_row(key, year)
            ]
            if not shown:
                continue
            rows = [
                [
                    self.own(measure, "name"),
                    *(
                        self.rate_or_reason(
                            self.rate_row(key, year, measure["measure_code"])
                        )
                        for year in shown
                    ),
                ]
                for measure in self.content.measures
                if measure["series_code"] == code
            ]
            found.append(
                {
                    "series": self.own(series, "name"),
                    "name": f"measures-{code}",
                    "table": Table(
                        [
                            self.t("site.person_years_per_1"),
                            *map(str, shown),
                        ],
                        rows,
                    ),
                }
            )
        return found

    def region_page(self, region: Row) -> Page:
        """Return the page of a municipality, a county or a district."""
        level, code = region["region_level"], region["region_code"]
        county = self.content.regions.get(f"county:{region['county_code']}")
        city = self.content.regions.get(f"municipality:{region['municipality_code']}")
        above = [
            (
                f"{self.own(one, 'name')} {self.level_name(one['region_level'])}",
                self.region_path(one),
            )
            for one in (county, city)
            if one and one is not region and level != "county"
        ]
        name, kind = self.own(region, "name"), self.level_name(level)
        return self._page(
            self.region_path(region),
            path_of_region(self.other, level, code),
            "region.html",
            # Beside its own years there are those of the country.
            self.all_years(),
            section="places",
            title=f"{name} ({kind} {code})",
            kind=kind,
            region=region,
            name=name,
            above=above,
            lead=self.sentence(region, "development"),
            status=self.sentence(region, "status"),
            tiles=self.tiles(region),
            figures=[
                figure
                for figure in (
                    self.development(region),
                    self.comparison(region),
                    self.target_groups(region),
                    self.by_category(region, "service"),
                    self.by_category(region, "education"),
                )
                if figure
            ],
            measures=self.measures_tables(region),
            origin=self.origin(region) if level != "county" else None,
            calculation=self.calculation(region),
            reasons=self.reasons(region),
            marks=self.marks(region),
            n_municipalities=self.rate_row(region["region_key"], region["last_year"])[
                "n_municipalities"
            ],
            below=[
                (self.own(one, "name"), self.region_path(one))
                for one in self.content.pages_of(
                    "municipality" if level == "county" else "district"
                )
                if (
                    one["county_code"] == code
                    if level == "county"
                    else level == "municipality" and one["municipality_code"] == code
                )
                and one["last_year"] == region["last_year"]
            ],
        )

    def marks(self, region: Row) -> list[str]:
        """Return what the marks in a region's tables mean."""
        statuses = {
            row["obs_status"]
            for key in self.keys_of(region)
            for row in self.content.of_region[key]
            if self.mark(row)
        }
        return [
            f"{self.own(row, 'name')}: {self.own(row, 'description')}."
            for code, row in self.content.statuses.items()
            if code in statuses
        ]

    def keys_of(self, region: Row) -> set[str]:
        """Return the keys of a region's area in all series."""
        return {
            key
            for series in self.content.series
            if (key := self.key_in_series(region, series["series_code"]))
        }
