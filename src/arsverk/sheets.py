"""Tables for spreadsheets, as CSV and XLSX, in which nothing can run.

A text that a spreadsheet would take for a formula gets an apostrophe before it
(OWASP, "CSV Injection"). Numbers stay numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from xlsxwriter.exceptions import FileCreateError

# What a spreadsheet takes for the start of a formula or a command.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
# Control characters that XML cannot hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# Programs differ in what they take for a separator: what comes after one can
# be the start of a cell.
AFTER_SEPARATOR = re.compile(r"([;,|\t\r\n][ \u00a0\"]*)(?=[=+\-@])")


def defused(value: object) -> object:
    """Return a cell in which nothing can run: only texts are changed."""
    if not isinstance(value, str):
        return value
    # Spaces before a formula are dropped by some programs.
    if value.lstrip(" \u00a0").startswith(RUNS):
        value = f"'{value}"
    return UNPRINTABLE.sub("\ufffd", value)


class Book(xlsxwriter.Workbook):
    """A workbook that tells a full disk as every other file does."""

    def close(self) -> None:
        """Write the file.

        Raises:
            OSError: it cannot be written.
        """
        try:
            super().close()
        except FileCreateError as error:
            raise error.args[0] from error


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a path to write to; the file takes its place when it is whole.

    Nothing is left of one that could not be written.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_csv(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> Path:
    """Write a table as UTF-8 with commas and decimal points."""
    with (
        whole(path) as aside,
        aside.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headings)
        writer.writerows([defused_in_csv(value) for value in row] for row in rows)
    return path


def defused_in_csv(value: object) -> object:
    """Return a cell in which nothing can run, whatever is taken for a separator."""
    value = defused(value)
    if isinstance(value, str):
        value = AFTER_SEPARATOR.sub(r"\1'", value)
    return value


def write_xlsx(
    path: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[int],
) -> Path:
    """Write a table as a sheet with a fixed heading row and a filter."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append([defused(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([defused(value) for value in row])
    for n, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    with whole(path) as aside:
        book.save(aside)
    return path
