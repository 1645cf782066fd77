"""All pages of one language."""

from __future__ import annotations

from collections.abc import Iterator

from arsverk.site.content import LEVELS
from arsverk.site.edition import Page
from arsverk.site.indicator_page import IndicatorPage
from arsverk.site.places_page import PlacesPage
from arsverk.site.quality_page import QualityPage
from arsverk.site.region_page import RegionPage
from arsverk.site.report_page import ReportPage


class Pages(IndicatorPage, PlacesPage, RegionPage, QualityPage, ReportPage):
    """All pages in one language."""

    def all(self) -> Iterator[Page]:
        """Yield every page."""
        yield self.indicator_page()
        yield self.places_page()
        yield self.quality_page()
        yield self.report_page()
        for level in LEVELS:
            for region in self.content.pages_of(level):
                yield self.region_page(region)
