"""Figures that several kinds of page have: over time, by category, in tiles."""

from __future__ import annotations

from arsverk.site.content import LEVELS
from arsverk.site.edition import Edition
from arsverk.site.figures import Cell, Figure, Points, Table, bars, lines
from arsverk.working_file import Row


class Shared(Edition):
    """Figures that several kinds of page have."""

    def sentence(self, region: Row, code: str, year: int | None = None) -> str | None:
        """Return a sentence about a region."""
        key = region["region_key"], year or region["last_year"], code
        row = self.content.sentences.get(key)
        return self.own(row, "text") if row else None

    def rate_or_reason(self, row: Row | None) -> str:
        """Return a rate, or in words why there is none."""
        if row is None:
            return "–"
        if row["rate"] is None:
            if row["obs_status"] == "L":
                return self.t("site.unknown")
            return self.t("site.not_shown")
        return self.one(row["rate"]) + self.mark(row)

    def mark(self, row: Row) -> str:
        """Return a short word for what a rate rests on, where that is not an answer.

        Some unit of a county or the country is nearly always carried forward: their
        pages say how many, and not every figure.
        """
        if row["region_level"] not in ("municipality", "district"):
            return ""
        return {
            "I": self.t("site.carried_forward"),
            "E": self.t("site.estimated"),
        }.get(row["obs_status"], "")

    def rate_row(self, key: str, year: int, measure: str = "total") -> Row | None:
        """Return the row of a rate."""
        return self.content.indicator.get((key, year, measure))

    def key_in_series(self, region: Row, series_code: str) -> str | None:
        """Return the key that the same area has in a series, if it is there."""
        key = region["region_key"]
        if region["region_level"] not in LEVELS or series_code == self.last_series(
            region
        ):
            return key
        same = [
            row["earlier_region_key"]
            for row in self.content.earlier.get(key, [])
            if row["is_same_area"] and row["earlier_series_code"] == series_code
        ]
        return same[0] if same else None

    def last_series(self, region: Row) -> str:
        """Return the newest series that a region is in."""
        return region["last_series_code"]

    def points(self, region: Row, label: str, style: str) -> Points:
        """Return a region's rates over the years, on the areas of each series."""
        found = Points(label, style)
        for series in self.content.series:
            key = self.key_in_series(region, series["series_code"])
            for year in self.content.years_of_series[series["series_code"]]:
                row = self.rate_row(key, year) if key else None
                found.values[year] = row["rate"] if row else None
        return found

    def group_points(self, region: Row) -> Points | None:
        """Return the rates of the group that a municipality stands beside."""
        if region["region_level"] == "district":
            city = self.content.regions[f"municipality:{region['municipality_code']}"]
            return self.points(city, self.own(city, "name"), "group")
        newest = self.rate_row(region["region_key"], region["last_year"])
        key = newest["comparison_key"] if newest else None
        if key is None or key == "country:0":
            return None
        group = self.content.regions[key]
        return self.points(group, self.own(group, "name"), "group")

    def development(self, region: Row) -> Figure:
        """Return the rates over the years, the two series visibly apart."""
        name = self.own(region, "name")
        drawn = [self.points(region, name, "own")]
        group = self.group_points(region)
        if group:
            drawn.append(group)
        if region is not self.country:
            drawn.append(
                self.points(self.country, self.own(self.country, "name"), "country")
            )
        own_rows: dict[int, Row | None] = {}
        for series in self.content.series:
            key = self.key_in_series(region, series["series_code"])
            for year in self.content.years_of_series[series["series_code"]]:
                own_rows[year] = self.rate_row(key, year) if key else None
        names = {
            row["series_code"]: f"{row['first_year']}–{row['last_year'] or ''}"
            for row in self.content.series
        }
        rows = [
            [
                str(year["year"]),
                names[year["series_code"]],
                self.rate_or_reason(own_rows[year["year"]]),
                *(self.one(line.values[year["year"]]) for line in drawn[1:]),
            ]
            for year in reversed(self.content.years)
        ]
        notes = [
            self.own(row, "text")
            for code, row in self.content.notes.items()
            if code in ("break_of_series",)
        ]
        notes += self.notes_on_breaks()
        notes += self.notes_on_area(region)
        drawn[0].hollow = {
            year for year, row in own_rows.items() if row and self.mark(row)
        }
        if drawn[0].hollow:
            notes.append(self.t("site.open_points_wholly_or"))
        return Figure(
            name="development",
            title=self.sentence(region, "development") or name,
            kind="lines",
            alternative=self.t("site.line_chart_person_years"),
            drawing=lines(
                [
                    self.content.years_of_series[row["series_code"]]
                    for row in self.content.series
                    if self.content.years_of_series[row["series_code"]]
                ],
                drawn,
                lambda value: self.number(value.normalize() + 0),
                self.breaks_inside(),
            ),
            table=Table(
                [
                    self.t("site.year"),
                    self.t("site.series"),
                    *(line.label for line in drawn),
                ],
                rows,
                n_text=2,
                is_narrow=True,
            ),
            notes=notes,
        )

    def notes_on_breaks(self) -> list[str]:
        """Return what is to be known of breaks inside a series."""
        return [
            f"{row['year']}: {self.own(row, 'break')}."
            for row in self.content.years
            if row["year"] in self.breaks_inside()
        ]

    def breaks_inside(self) -> list[int]:
        """Return the years that are breaks without beginning a series."""
        first_years = {row["first_year"] for row in self.content.series}
        return [
            row["year"]
            for row in self.content.years
            if row["is_break"] and row["year"] not in first_years
        ]

    def notes_on_area(self, region: Row) -> list[Cell | str]:
        """Return why a region is not in every series, and where the figures are."""
        found: list[Cell | str] = []
        key, level = region["region_key"], region["region_level"]
        last_years = {r["series_code"]: r["last_year"] for r in self.content.series}
        for row in self.content.earlier.get(key, []):
            other = self.content.regions.get(row["earlier_region_key"])
            last = last_years[row["earlier_series_code"]]
            if other is None:
                continue
            name, code = self.own(other, "name"), row["earlier_region_code"]
            if not row["is_same_area"]:
                found.append(
                    Cell(
                        self.t(
                            "site.up_area_belonged_see", last=last, name=name, code=code
                        ),
                        self.region_path(other),
                    )
                )
            elif code != region["region_code"]:
                found.append(self.t("site.number_up_was", last=last, code=code))
        for row in self.content.later.get(key, []):
            other = self.content.regions.get(row["region_key"])
            if other is not None and not row["is_same_area"]:
                name = f"{self.own(other, 'name')} ({row['region_code']})"
                found.append(
                    Cell(
                        self.t("site.area_now", name=name),
                        self.region_path(other),
                    )
                )
        shown = [row["year"] for row in self.content.of_region[key]]
        if level == "district" and min(shown) > self.content.years[0]["year"]:
            found.append(self.t("site.city_districts_shown_from", shown=min(shown)))
        return found

    def two_groups(self) -> list[tuple[str, str]]:
        """Return the legend of the two target groups."""
        return [
            (self.t("site.adults"), "own"),
            (self.t("site.children_youth"), "second"),
        ]

    def by_category(self, region: Row, breakdown: str) -> Figure | None:
        """Return person-years by service or education."""
        title = self.sentence(region, {"service": "services"}.get(breakdown, breakdown))
        rows = [
            row
            for row in self.content.composition.get(region["region_key"], [])
            if row["breakdown"] == breakdown
            # Not told apart: only where somebody is.
            and not row["is_left_out"]
        ]
        if not title or not rows:
            return None
        drawn = [
            (
                self.own(row, "category"),
                [row["fte_adults"], row["fte_children_youth"]],
                self.one(row["fte"]),
                ["own", "second"],
            )
            for row in rows
        ]
        table = [
            [
                self.own(row, "category"),
                self.one(row["fte_adults"]),
                self.one(row["fte_children_youth"]),
                self.one(row["fte"]),
                self.percent(row["share_pct"]),
            ]
            for row in rows
        ]
        year = rows[0]["year"]
        total = next(
            row
            for row in self.content.composition[region["region_key"]]
            if row["breakdown"] == "total"
        )
        missing = [
            label
            for code, (label, _) in zip(
                ("adults", "children_youth"), self.two_groups(), strict=True
            )
            if total[f"fte_{code}"] is None
        ]
        what = {
            "service": self.t("site.service_2"),
            "education": self.t("site.education_2"),
        }[breakdown]
        return Figure(
            name={"service": "services"}.get(breakdown, breakdown),
            title=title,
            kind="bars",
            alternative=self.t("site.stacked_bar_chart_person", what=what),
            drawing=bars(drawn, keys=self.two_groups()),
            table=Table(
                [
                    what[0].upper() + what[1:],
                    self.t("site.adults_2", year=year),
                    self.t("site.children_youth_2", year=year),
                    self.t("site.total_2", year=year),
                    self.t("site.share_person_years"),
                ],
                table,
            ),
            notes=[self.t("site.person_years_not_known", one=one) for one in missing],
        )

    def tiles(self, region: Row) -> list[dict[str, str]]:
        """Return the four measures of the newest year."""
        year = region["last_year"]
        return [
            {
                "name": self.own(measure, "name"),
                "rate": self.rate_or_reason(row).removesuffix(self.mark(row)),
                "mark": self.mark(row) if row["rate"] is not None else "",
            }
            for measure in self.content.measures
            if measure["series_code"] == self.last_series(region)
            and (
                row := self.rate_row(
                    region["region_key"], year, measure["measure_code"]
                )
            )
        ]
