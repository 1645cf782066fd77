"""The indicator as a workbook, whose bytes depend on the figures alone."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import duckdb

from arsverk.sheets import Book, defused

COLUMNS = {
    "series": ("Serie", "Series"),
    "year": ("År", "Year"),
    "region_level": ("Nivå", "Level"),
    "region_code": ("Kode", "Code"),
    "region": ("Område", "Region"),
    "measure": ("Mål", "Measure"),
    "per_1000": (
        "Årsverk per 1\u2009000 innbyggere",
        "Person-years per 1,000 inhabitants",
    ),
    "fte": ("Årsverk", "Person-years"),
    "population": ("Innbyggere", "Inhabitants"),
    "obs_status": ("Status", "Status"),
    "reason": ("Hvorfor tallet ikke vises", "Why the figure is not shown"),
    "provenance": ("Hvor tallet er fra", "Where the figure is from"),
}
QUERY = """
select
    indicator.series_{language} as series,
    year,
    indicator.region_level,
    indicator.region_code,
    region_{language} as region,
    measure_{language} as measure,
    per_1000,
    round(fte, 4) as fte,
    round(population, 1) as population,
    obs_status_{language} as obs_status,
    not_displayed_reason_{language} as reason,
    provenance_{language} as provenance
from labelled.indicator
order by
    year desc,
    list_position(
        ['country', 'county', 'municipality', 'district'], region_level
    ) nulls last,
    region_level,
    region_code,
    measure_code
"""
WIDTHS = (30, 6, 13, 10, 24, 50, 14, 12, 12, 20, 40, 60)


def write_workbook(
    path: Path, connection: duckdb.DuckDBPyConnection, language: str
) -> None:
    """Write the indicator with labels, a row a value, newest year first."""
    rows = connection.execute(QUERY.format(language=language)).fetchall()
    ((released,),) = connection.execute(
        """select max_by(released_on, release_number) from marts.dim_release"""
    ).fetchall()
    with Book(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        # The time of writing would make the same figures another file.
        moment = (
            datetime.combine(released, time()) if released else datetime(2000, 1, 1)
        )
        book.set_properties({"created": moment, "title": "arsverk"})
        sheet = book.add_worksheet("Indikatoren" if language == "nb" else "Indicator")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        headings = [names[language != "nb"] for names in COLUMNS.values()]
        sheet.write_row(0, 0, headings, bold)
        for n, row in enumerate(rows, start=1):
            for m, value in enumerate(row):
                if value is not None:
                    sheet.write(n, m, defused(value))
        for m, width in enumerate(WIDTHS):
            sheet.set_column(m, m, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
