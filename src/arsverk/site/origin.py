"""How the figure of a municipality or district came about."""

from __future__ import annotations

from arsverk.site.figures import Table
from arsverk.site.shared import Shared
from arsverk.working_file import Row


class Origin(Shared):
    """How the figure of a municipality or district came about."""

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
