"""The indicator as a workbook, whose bytes depend on the figures alone."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import duckdb

from arsverk.sheets import Book, defused
from arsverk.wording import say

# The columns of page_workbook; of those in two languages the stem.
COLUMNS = (
    "series_",
    "year",
    "region_level",
    "region_code",
    "region_",
    "measure_",
    "per_1000",
    "fte",
    "population",
    "obs_status_",
    "not_displayed_reason_",
    "provenance_",
)
WIDTHS = (30, 6, 13, 10, 24, 50, 14, 12, 12, 20, 40, 60)


def write_workbook(
    path: Path, connection: duckdb.DuckDBPyConnection, language: str
) -> None:
    """Write the indicator with labels, a row a value, newest year first."""
    columns = [name + language if name.endswith("_") else name for name in COLUMNS]
    rows = connection.execute(
        f"select {', '.join(columns)} from page_workbook order by sort_order"
    ).fetchall()
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
        sheet = book.add_worksheet(say("workbook.sheet", language))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        headings = [say(f"workbook.{n.rstrip('_')}", language) for n in COLUMNS]
        sheet.write_row(0, 0, headings, bold)
        for n, row in enumerate(rows, start=1):
            for m, value in enumerate(row):
                if value is not None:
                    sheet.write(n, m, defused(value))
        for m, width in enumerate(WIDTHS):
            sheet.set_column(m, m, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
