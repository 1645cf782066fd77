"""The list of all places, and the search in it."""

from __future__ import annotations

from arsverk.site.edition import Page
from arsverk.site.shared import Shared
from arsverk.working_file import Row


class PlacesPage(Shared):
    """The list of all places, and the search in it."""

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
