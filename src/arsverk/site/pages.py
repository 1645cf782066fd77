"""The pages of one language: which figures stand on them, and where they lead."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from arsverk.site.borders import Borders, read_borders
from arsverk.site.content import LEVELS, Content, PageError
from arsverk.site.figures import (
    CLASSES,
    Bars,
    Cell,
    Figure,
    Points,
    Table,
    bars,
    lines,
    map_of,
)
from arsverk.site.words import day, number, years
from arsverk.wording import say
from arsverk.working_file import Row

HUNDRED = Decimal(100)
FOLDERS = {
    "nb": {"municipality": "kommune", "county": "fylke", "district": "bydel"},
    "en": {"municipality": "municipality", "county": "county", "district": "district"},
}
NAMES = {
    "nb": {
        "indicator": "index",
        "places": "kommuner",
        "quality": "kvalitet",
        "report": "rapport",
    },
    "en": {
        "indicator": "index",
        "places": "places",
        "quality": "quality",
        "report": "report",
    },
}


@dataclass(frozen=True)
class Page:
    """A page: its path, its template and what the template is given."""

    path: str
    template: str
    values: dict[str, object]


@dataclass(frozen=True)
class Download:
    """A file that can be downloaded."""

    path: str
    what_nb: str
    what_en: str
    size: int | None


@cache
def borders_of(level: str, structure_year: int) -> Borders | None:
    """Return borders, read once."""
    return read_borders(level, structure_year)


def path_of_page(language: str, name: str) -> str:
    """Return the path of one of the pages that exist once."""
    return ("" if language == "nb" else "en/") + NAMES[language][name] + ".html"


def path_of_region(language: str, level: str, code: str) -> str:
    """Return the path of a region's page.

    Raises:
        PageError: the code is not made of digits, so it is no file name.
    """
    if not re.fullmatch(r"[0-9]{2,6}", code):
        raise PageError(
            f"The code {code!r} of a {level} is not made of two to six digits, so "
            "there can be no page for it. Correct it in the register (seeds/reference)."
        )
    prefix = "" if language == "nb" else "en/"
    return f"{prefix}{FOLDERS[language][level]}/{code}.html"


class Pages:
    """All pages in one language."""

    def __init__(
        self, content: Content, language: str, downloads: Sequence[Download]
    ) -> None:
        self.content, self.language = content, language
        self.other = "en" if language == "nb" else "nb"
        self.downloads = downloads
        self.country = content.regions["country:0"]
        newest = content.releases[-1]
        first = content.releases[0]
        self.is_draft = newest["released_on"] is None
        self.release = {
            "version": newest["release_version"],
            "changed": self.date(newest["released_on"]),
            "published": None if self.is_draft else self.date(first["released_on"]),
        }

    def t(self, key: str, **values: object) -> str:
        """Return a message in this language."""
        return say(key, self.language, **values)

    def own(self, row: Row, name: str) -> str:
        """Return a text that a row has in both languages."""
        return row[f"{name}_{self.language}"]

    def number(self, value: Decimal | int | None, decimals: int = 0) -> str:
        """Return a figure as people write it."""
        return number(value, self.language, decimals)

    def one(self, value: Decimal | None) -> str:
        """Return a figure with one decimal."""
        return self.number(value, 1)

    def percent(self, value: Decimal | None, decimals: int = 1) -> str:
        """Return a share in per cent."""
        if value is None:
            return "–"
        return self.number(value, decimals) + self.t("site.percent_sign")

    def source_of(self, page: Page) -> str:
        """Return what stands below a figure that somebody saves."""
        made_up = self.t("site.reconstructed_invented_figures_not")
        release = self.release["version"]
        version = (
            self.t("site.draft")
            if self.is_draft
            else self.t("site.release", release=release)
        )
        return (
            f"{page.values['title']}. {made_up if page.values['provenance'] else ''}"
            + self.t("site.source_arsverk_population_statistics", version=version)
        )

    def date(self, value: object) -> str | None:
        """Return a date with the name of its month."""
        return day(value, self.language) if value else None

    def region_path(self, region: Row) -> str:
        """Return the path of a region's page in this language."""
        return path_of_region(
            self.language, region["region_level"], region["region_code"]
        )

    def level_name(self, level: str) -> str:
        """Return what a region of a level is called."""
        return {
            "municipality": self.t("site.municipality_2"),
            "county": self.t("site.county_2"),
            "district": self.t("site.city_district"),
        }[level]

    # What stands on every page.

    def page(
        self, name: str, template: str, years_shown: Sequence[int], **values: object
    ) -> Page:
        """Return one of the pages that exist once."""
        return self._page(
            path_of_page(self.language, name),
            path_of_page(self.other, name),
            template,
            years_shown,
            section=name,
            **values,
        )

    def _page(
        self,
        path: str,
        other: str,
        template: str,
        years_shown: Sequence[int],
        **values: object,
    ) -> Page:
        invented = [
            row
            for row in self.content.years
            if row["is_reconstruction"] and row["year"] in years_shown
        ]
        provenance = None
        if invented:
            provenance = self.provenance(invented)
        common = {
            "path": path,
            "other_path": other,
            "provenance": provenance,
            "release": self.release,
            "is_draft": self.is_draft,
            "year": self.content.year,
            "contacts": self.content.contacts,
            "description": values.get("lead") or values["title"],
        }
        return Page(path, template, common | values)

    def provenance(self, invented: list[Row]) -> list[dict[str, str]]:
        """Return which years are made up, and how far: spans of years of a kind."""
        kinds = {
            "reconstructed": self.t("site.levels_reconstructed_from_published"),
            "partly_invented": self.t("site.invented_but_agreeing_with"),
            "invented": self.t("site.invented"),
        }
        found = []
        for code in dict.fromkeys(row["provenance_code"] for row in invented):
            of_kind = [row for row in invented if row["provenance_code"] == code]
            found.append(
                {
                    "years": years([row["year"] for row in of_kind]),
                    "text": kinds.get(code) or self.own(of_kind[-1], "provenance"),
                }
            )
        return found

    def all_years(self) -> list[int]:
        """Return all collection years."""
        return [row["year"] for row in self.content.years]

    def all(self) -> Iterator[Page]:
        """Yield every page."""
        yield self.indicator_page()
        yield self.places_page()
        yield self.quality_page()
        yield self.report_page()
        for level in LEVELS:
            for region in self.content.pages_of(level):
                yield self.region_page(region)

    # Figures that several pages have.

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

    def two_groups(self) -> list[tuple[str, str]]:
        """Return the legend of the two target groups."""
        return [
            (self.t("site.adults"), "own"),
            (self.t("site.children_youth"), "second"),
        ]

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

    # The pages.

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

    def places_page(self) -> Page:
        """Return the page on which one finds a municipality."""
        names = [
            self.own(one, "name")
            for one in self.content.pages_of("municipality")
            if one["last_year"] == self.content.year
        ]
        groups = []
        for county in self.content.pages_of("county"):
            members = [
                self.place(region, county, names)
                for level in ("municipality", "district")
                for region in self.content.pages_of(level)
                if region["county_code"] == county["region_code"]
                and region["last_year"] == county["last_year"]
            ]
            groups.append({**self.place(county, county, []), "members": members})
        newest = self.content.year
        former = [group for group in groups if group["last_year"] != newest] + [
            self.place(region, region, [])
            for region in self.content.pages_of("municipality")
            if region["last_year"] != newest
        ]
        return self.page(
            "places",
            "places.html",
            self.all_years(),
            title=self.t("site.municipalities_counties_districts"),
            groups=[group for group in groups if group["last_year"] == newest],
            former=former,
        )

    def place(self, region: Row, county: Row, names: list[str]) -> dict[str, object]:
        """Return a place with its page and what it is found by: old codes too."""
        name = self.own(region, "name")
        codes = [region["region_code"]] + [
            row["earlier_region_code"]
            for row in self.content.earlier.get(region["region_key"], [])
            if row["is_same_area"]
            and row["earlier_region_code"] != region["region_code"]
        ]
        shown = name
        if names.count(name) > 1:
            shown = f"{name} ({self.own(county, 'name')})"
        return {
            "name": shown,
            "path": self.region_path(region),
            "code": region["region_code"],
            "find": " ".join([name, *codes]),
            "last_year": region["last_year"],
        }

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

    def calculation(self, region: Row) -> dict[str, str] | None:
        """Return how the newest rate is worked out, step by step."""
        row = self.rate_row(region["region_key"], region["last_year"])
        if row is None or row["per_1000_unrounded"] is None:
            return None
        return {
            "fte": self.exact(row["fte_unrounded"]),
            "population": self.exact(row["population"]),
            "unrounded": self.number(row["per_1000_unrounded"]),
            "two": self.number(row["per_1000"], 2),
            "one": self.one(row["rate"]),
        }

    def reasons(self, region: Row) -> list[str]:
        """Return why measures of the newest year are empty, each reason once."""
        found = [
            self.own(row, "not_displayed_reason")
            for measure in self.content.measures
            if measure["series_code"] == self.last_series(region)
            and (
                row := self.rate_row(
                    region["region_key"], region["last_year"], measure["measure_code"]
                )
            )
            and row["rate"] is None
        ]
        return list(dict.fromkeys(filter(None, found)))

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

    def exact(self, value: Decimal) -> str:
        """Return a figure with all its decimals, and no zeros after them."""
        plain = value.normalize()
        return self.number(plain.quantize(1) if plain == plain.to_integral() else plain)

    def origin(self, region: Row) -> dict[str, object]:
        """Return the submissions, decisions and cells behind a region's figures."""
        year = region["last_year"]
        responses = self.content.responses.get(region["region_key"], [])
        units = list(dict.fromkeys(row["reporting_unit_code"] for row in responses))
        several = len(units) > 1
        unit_names = {
            row["reporting_unit_code"]: row["reporting_unit_name"]
            + (self.t("site.city_wide") if row["unit_kind"] == "city_wide" else "")
            for row in responses
        }
        submissions = [
            [
                *([unit_names[unit]] if several else []),
                row["submission_id"],
                self.own(row, "part") or "–",
                self.moment(row),
                self.outcome(row),
                self.one(row["fte"]),
            ]
            for unit in units
            for row in self.content.submissions.get((year, unit), [])
        ]
        parts = [
            [
                *([unit_names[row["reporting_unit_code"]]] if several else []),
                self.own(row, "part"),
                self.status_words(row)
                + (f" ({self.percent(row['share_pct'])})" if row["is_a_share"] else ""),
                self.one(row["fte"]),
            ]
            for row in responses
        ]
        unit_heading = [self.t("site.unit")] if several else []
        return {
            "submissions": Table(
                [
                    *unit_heading,
                    self.t("site.submission"),
                    self.t("site.part"),
                    self.t("site.received"),
                    self.t("site.status"),
                    self.t("site.person_years"),
                ],
                submissions,
                n_text=4 + several,
            ),
            "parts": Table(
                [
                    *unit_heading,
                    self.t("site.part"),
                    self.t("site.basis"),
                    self.t("site.person_years"),
                ],
                parts,
                n_text=2 + several,
            ),
            "reviews": [
                self.decision(row)
                for unit in units
                for row in self.content.reviews.get((year, unit), [])
            ],
            "cells": self.cell_tables(region),
            # Of a unit that was divided only a share is the region's.
            "has_shares": any(row["is_a_share"] for row in responses),
            "has_imputed": any(
                row["is_imputed"]
                for row in self.content.cells.get(region["region_key"], [])
            ),
        }

    def moment(self, row: Row) -> str:
        """Return when a submission was received; as it was written, if unreadable."""
        at = row["received_at"]
        if at is None:
            return row["received_text"] or "–"
        # A date alone has no time of day.
        if "T" not in row["received_text"]:
            return self.date(at)
        return f"{self.date(at)} {self.t('site.at')}\u00a0{at:%H:%M}"

    def decision(self, row: Row) -> dict[str, str | None]:
        """Return what a reviewer decided, in words."""
        decided = {
            "accept": self.t("site.accepted"),
            "reject": self.t("site.rejected"),
            "correct": self.t(
                "site.corrected_from",
                old_value=row["old_value"],
                new_value=row["new_value"],
            ),
        }[row["decision"]]
        return {
            "day": self.date(row["decided_on"]),
            "role": row["reviewer_role"],
            "part": self.own(row, "part"),
            "label": row["service_label"],
            "decided": decided,
            "reason": row["reason"],
        }

    def outcome(self, row: Row) -> str:
        """Return what became of a submission's part."""
        return {
            "used": self.t("site.counts"),
            "superseded": self.t("site.superseded_by_later_submission"),
            "rejected": self.t("site.cannot_be_used"),
        }[row["outcome"]]

    def status_words(self, row: Row) -> str:
        """Return what a part's figures rest on."""
        return {
            "reported": self.t("site.reported"),
            "carried_forward": self.t(
                "site.carried_forward_from", source_year=row["source_year"]
            ),
            "missing": self.t("site.missing"),
        }[row["status"]]

    def cell_tables(self, region: Row) -> list[tuple[str, Table]]:
        """Return services by education for each part, with every decimal."""
        found = []
        for code, name in (
            ("adults", self.t("site.adults")),
            ("children_youth", self.t("site.children_youth")),
        ):
            cells = [
                row
                for row in self.content.cells.get(region["region_key"], [])
                if row["target_group"] == code
            ]
            if not cells:
                continue
            education = list(dict.fromkeys(self.own(row, "education") for row in cells))
            by_place: dict[tuple[str, str], str] = {}
            for row in cells:
                text = self.exact(row["fte"]) + ("*" if row["is_imputed"] else "")
                by_place[self.own(row, "service"), self.own(row, "education")] = text
            services = list(dict.fromkeys(self.own(row, "service") for row in cells))
            rows = [
                [service, *(by_place.get((service, one), "0") for one in education)]
                for service in services
            ]
            found.append((name, Table([self.t("site.service"), *education], rows)))
        return found

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

    def note(self, code: str) -> str | None:
        """Return one of the year's sentences."""
        row = self.content.notes.get(code)
        return self.own(row, "text") if row else None

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


def relative(here: str, to: str) -> str:
    """Return a link from one page to a file of the site."""
    target, _, fragment = to.partition("#")
    link = posixpath.relpath(target, posixpath.dirname(here) or ".") if target else ""
    return link + (f"#{fragment}" if fragment else "")
