"""What the pages say, read from the marts once.

All figures are made by SQL and rounded there; Python puts rows beside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from arsverk.site.words import visible
from arsverk.working_file import Marts, Row


class PageError(Exception):
    """A page cannot be made; the message says which and why."""


# The regions that have a page of their own.
LEVELS = ("municipality", "county", "district")


class Content:
    """The rows that the pages are made of, by what they are about."""

    def __init__(self, marts: Marts) -> None:
        self._marts = marts
        self.years = self.rows("from marts.dim_year order by year")
        if not self.years:
            raise PageError("There is no collection year, so there is no page to make.")
        self.year = self.years[-1]["year"]
        self.series = self.rows("from marts.dim_series order by first_year")
        self.years_of_series = {
            series["series_code"]: [
                year["year"]
                for year in self.years
                if year["series_code"] == series["series_code"]
            ]
            for series in self.series
        }
        self.measures = self.rows("from marts.dim_measure order by sort_order")
        self.regions = {
            row["region_key"]: row
            for row in self.rows("from page_regions order by region_level, sort_order")
        }
        self.indicator: dict[tuple, Row] = {}
        self.of_region = self._by(
            "region_key", self.rows("from page_indicator order by year, measure_code")
        )
        for rows in self.of_region.values():
            for row in rows:
                key = row["region_key"], row["year"], row["measure_code"]
                self.indicator[key] = row
        self.composition = self._by(
            "region_key", self.rows("from page_composition order by sort_order")
        )
        self.sentences = {
            (row["region_key"], row["year"], row["sentence_code"]): row
            for row in self.rows("from marts.fct_region_sentence")
        }
        self.comparisons = {
            (row["region_key"], row["year"]): row
            for row in self.rows(
                "from marts.fct_comparison where measure_code = 'total'"
            )
        }
        self.responses = self._by(
            "region_key",
            self.rows("from page_responses order by reporting_unit_code, sort_order"),
        )
        self.submissions: dict[tuple, list[Row]] = defaultdict(list)
        for row in self.rows(
            "from page_submissions order by received_at, submission_id, sort_order"
        ):
            self.submissions[row["year"], row["reporting_unit_code"]].append(row)
        self.reviews: dict[tuple, list[Row]] = defaultdict(list)
        for row in self.rows("from page_reviews order by decided_on, line_number"):
            self.reviews[row["year"], row["reporting_unit_code"]].append(row)
        self.cells = self._by(
            "region_key",
            self.rows("from page_cells order by target_group, sort_order"),
        )
        self.earlier = self._by(
            "region_key", self.rows("from marts.bridge_region_series order by all")
        )
        self.later = self._by(
            "earlier_region_key",
            [row for rows in self.earlier.values() for row in rows],
        )
        self.statuses = {
            row["obs_status"]: row for row in self.rows("from marts.dim_obs_status")
        }
        self.renumbered = {
            row["earlier_region_key"]
            for rows in self.earlier.values()
            for row in rows
            if row["is_same_area"] and row["earlier_region_key"] != row["region_key"]
        }
        self.notes = {
            row["sentence_code"]: row
            for row in self.rows(
                "from marts.fct_sentence where year = ? order by sort_order", self.year
            )
        }
        self.quality = self.rows("from page_quality order by year, sort_order")
        self.key_figures = self.rows(
            "from page_key_figures where year = ? order by sort_order",
            self.year,
        )
        self.answers = self.rows(
            "from page_answers where year = ? order by sort_order",
            self.year,
        )
        self.releases = self.rows("from marts.dim_release order by release_number")
        self.revisions = self.rows(
            "from page_revisions order by release_after desc, year, reason_nb"
        )
        self.published = self.rows("from page_published_figures order by year, unit")
        self.contacts = self.rows("from marts.dim_contact order by sort_order")
        self.education = self.rows("from marts.dim_education order by sort_order")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query, with nothing hidden in their texts."""
        return [
            {name: visible(value) for name, value in row.items()}
            for row in self._marts.rows(sql, *values)
        ]

    @staticmethod
    def _by(name: str, rows: Iterable[Row]) -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            found[row[name]].append(row)
        return found

    def pages_of(self, level: str) -> list[Row]:
        """Return the regions of a level that have a page, in alphabetical order.

        A region that only changed its code has one page, under the new code.
        """
        return [
            region
            for key, region in self.regions.items()
            if region["region_level"] == level and key not in self.renumbered
        ]
