"""What the pages of one language have in common: their frame, and figures as text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from arsverk.site.content import Content, PageError
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


def relative(here: str, to: str) -> str:
    """Return a link from one page to a file of the site."""
    target, _, fragment = to.partition("#")
    link = posixpath.relpath(target, posixpath.dirname(here) or ".") if target else ""
    return link + (f"#{fragment}" if fragment else "")


class Edition:
    """What the pages of one language have in common."""

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

    def exact(self, value: Decimal) -> str:
        """Return a figure with all its decimals, and no zeros after them."""
        plain = value.normalize()
        return self.number(plain.quantize(1) if plain == plain.to_integral() else plain)

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

    def note(self, code: str) -> str | None:
        """Return one of the year's sentences."""
        row = self.content.notes.get(code)
        return self.own(row, "text") if row else None
