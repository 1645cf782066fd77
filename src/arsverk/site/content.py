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

REGIONS = """
select
    regions.*,
    counties.region_name as county_name,
    max(indicator.year) as last_year,
    max_by(indicator.series_code, indicator.year) as last_series_code
from marts.dim_region as regions
inner join marts.fct_indicator as indicator using (region_key)
left join marts.dim_region as counties
    on counties.region_level = 'county' and regions.county_code = counties.region_code
group by all
order by regions.region_level, regions.sort_order
"""

INDICATOR = """
select
    series_code,
    year,
    region_key,
    region_level,
    measure_code,
    round(fte, 1) as fte,
    fte as fte_unrounded,
    population,
    per_1000,
    per_1000_one_decimal as rate,
    per_1000_unrounded,
    obs_status,
    is_displayed,
    not_displayed_reason_nb,
    not_displayed_reason_en,
    n_municipalities,
    comparison_region_level || ':' || comparison_region_code as comparison_key
from marts.fct_indicator
order by year, measure_code
"""

# The newest year of each region.
NEWEST = """(
    select region_key, max(year) as year from marts.fct_indicator group by all
)"""

COMPOSITION = f"""
select
    year,
    region_key,
    breakdown,
    category_code,
    category_nb,
    category_en,
    category_code = 'cde' and fte = 0 as is_left_out,
    round(fte, 1) as fte,
    round(fte_adults, 1) as fte_adults,
    round(fte_children_youth, 1) as fte_children_youth,
    share_pct_one_decimal as share_pct,
    share_adults_pct_one_decimal as share_adults_pct,
    share_children_youth_pct_one_decimal as share_children_youth_pct
from marts.fct_composition
inner join {NEWEST} using (region_key, year)
order by sort_order
"""

SENTENCES = """
select year, region_key, sentence_code, text_nb, text_en
from marts.fct_region_sentence
"""

COMPARISONS = """
select region_key, year, text_nb, text_en
from marts.fct_comparison
where measure_code = 'total'
"""

# The units of each region in its newest year, and what became of their answers.
RESPONSES = f"""
select
    bridge.region_key,
    responses.year,
    responses.reporting_unit_code,
    responses.reporting_unit_name,
    responses.unit_kind,
    parts.name_nb as part_nb,
    parts.name_en as part_en,
    responses.target_group,
    responses.status,
    responses.source_year,
    responses.submission_id,
    round(responses.fte, 1) as fte,
    cast(round(100 * bridge.share, 1) as decimal(18, 1)) as share_pct,
    bridge.share < 1 as is_a_share
from marts.fct_response as responses
inner join marts.bridge_region_unit as bridge
    on responses.year = bridge.year
    and responses.reporting_unit_code = bridge.reporting_unit_code
inner join marts.dim_target_group as parts using (target_group)
inner join {NEWEST} as newest
    on bridge.region_key = newest.region_key and bridge.year = newest.year
where bridge.region_level in ('municipality', 'district')
order by responses.reporting_unit_code, parts.sort_order
"""

SUBMISSIONS = """
select
    submissions.year,
    submissions.reporting_unit_code,
    submissions.submission_id,
    submissions.received_text,
    submissions.received_at,
    parts.name_nb as part_nb,
    parts.name_en as part_en,
    submissions.target_group,
    submissions.outcome,
    submissions.n_errors,
    round(submissions.fte, 1) as fte
from marts.fct_submission as submissions
left join marts.dim_target_group as parts using (target_group)
order by submissions.received_at, submissions.submission_id, parts.sort_order
"""

REVIEWS = """
select reviews.*, parts.name_nb as part_nb, parts.name_en as part_en
from marts.fct_review as reviews
left join marts.dim_target_group as parts using (target_group)
order by decided_on, line_number
"""

CELLS = f"""
select
    fte.region_key,
    fte.year,
    fte.target_group,
    services.name_nb as service_nb,
    services.name_en as service_en,
    fte.education_code,
    education.name_nb as education_nb,
    education.name_en as education_en,
    cast(fte.fte as decimal(18, 4)) as fte,
    fte.fte_imputed > 0 as is_imputed
from marts.fct_fte as fte
inner join marts.dim_service as services using (service_code)
inner join marts.dim_education as education using (education_code)
inner join {NEWEST} as newest
    on fte.region_key = newest.region_key and fte.year = newest.year
where fte.region_level in ('municipality', 'district')
order by fte.target_group, services.sort_order, education.sort_order
"""

QUALITY = """
select
    year,
    target_group,
    quality_measure_code,
    ess_code,
    name_nb,
    name_en,
    definition_nb,
    definition_en,
    note_nb,
    note_en,
    unit,
    cast(numerator as decimal(18, 0)) as numerator,
    cast(denominator as decimal(18, 0)) as denominator,
    round(value, 1) as value
from marts.fct_collection_quality
order by year, sort_order
"""

KEY_FIGURES = """
select
    figures.region_key,
    figures.region_level,
    figures.target_group,
    figures.part_nb,
    figures.part_en,
    figures.breakdown,
    figures.category_code,
    figures.category_nb,
    figures.category_en,
    -- Not told apart: only where somebody is.
    figures.category_code = 'cde' and figures.fte = 0 as is_left_out,
    cast(round(figures.fte, 0) as decimal(18, 0)) as fte,
    cast(round(figures.change_fte, 0) as decimal(18, 0)) as change_fte,
    figures.change_pct_one_decimal as change_pct,
    round(figures.share_pct, 1) as share_pct,
    indicator.per_1000_one_decimal as rate,
    figures.n_municipalities,
    regions.name_nb as region_nb,
    regions.name_en as region_en
from marts.fct_key_figure as figures
inner join marts.dim_region as regions using (region_key)
left join marts.fct_indicator as indicator
    on figures.year = indicator.year
    and figures.region_key = indicator.region_key
    and indicator.measure_code = 'total'
    and figures.target_group = 'all'
    and figures.breakdown = 'total'
where figures.year = ?
order by
    regions.sort_order,
    array_position(['total', 'service', 'education'], figures.breakdown),
    figures.sort_order
"""

ANSWERS = """
select
    shares.*,
    questions.is_multiple,
    cast(round(share_pct, 0) as decimal(18, 0)) as share_rounded
from marts.fct_answer_share as shares
inner join marts.dim_question as questions using (question_code)
where year = ?
order by question_sort_order, answer_sort_order, size_group_sort_order
"""

REVISIONS = """
select
    release_before,
    release_after,
    year,
    coalesce(reason_nb, '–') as reason_nb,
    coalesce(reason_en, '–') as reason_en,
    count(*) as n
from marts.fct_revision
where reason is not null
group by all
order by release_after desc, year, reason_nb
"""

PUBLISHED = """
select
    year,
    published,
    cast(round(computed, 2) as decimal(18, 2)) as computed,
    unit,
    decimals,
    verdict,
    reason_nb,
    reason_en,
    source
from marts.fct_reconciliation
where region_level = 'country' and target_group = 'all' and figure_code = 'total'
    and aspect = 'level'
order by year, unit
"""


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
        self.regions = {row["region_key"]: row for row in self.rows(REGIONS)}
        self.indicator: dict[tuple, Row] = {}
        self.of_region = self._by("region_key", self.rows(INDICATOR))
        for rows in self.of_region.values():
            for row in rows:
                key = row["region_key"], row["year"], row["measure_code"]
                self.indicator[key] = row
        self.composition = self._by("region_key", self.rows(COMPOSITION))
        self.sentences = {
            (row["region_key"], row["year"], row["sentence_code"]): row
            for row in self.rows(SENTENCES)
        }
        self.comparisons = {
            (row["region_key"], row["year"]): row for row in self.rows(COMPARISONS)
        }
        self.responses = self._by("region_key", self.rows(RESPONSES))
        self.submissions: dict[tuple, list[Row]] = defaultdict(list)
        for row in self.rows(SUBMISSIONS):
            self.submissions[row["year"], row["reporting_unit_code"]].append(row)
        self.reviews: dict[tuple, list[Row]] = defaultdict(list)
        for row in self.rows(REVIEWS):
            self.reviews[row["year"], row["reporting_unit_code"]].append(row)
        self.cells = self._by("region_key", self.rows(CELLS))
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
        self.quality = self.rows(QUALITY)
        self.key_figures = self.rows(KEY_FIGURES, self.year)
        self.answers = self.rows(ANSWERS, self.year)
        self.releases = self.rows("from marts.dim_release order by release_number")
        self.revisions = self.rows(REVISIONS)
        self.published = self.rows(PUBLISHED)
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
