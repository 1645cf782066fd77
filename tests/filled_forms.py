"""Forms as they are written for a unit, and filled in by somebody."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from rich.console import Console

from arsverk.form.book import Before, Unit
from arsverk.form.structure import load_structure
from arsverk.form.writing import FormWriter
from running import ROOT

BERGEN = Unit("4601", "Bergen", True)
OSLO = Unit("0301", "Oslo", False)
QUIET = Console(stderr=True, quiet=True)
SHEETS = {"nb": ("Voksne", "Barn og unge"), "en": ("Adults", "Children and youth")}


def write(
    folder: Path,
    unit: Unit = BERGEN,
    language: str = "nb",
    before: Before | None = None,
    year: int = 2026,
) -> Path:
    """Write a unit's form; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / unit.file_name(year, language)
    structure = load_structure(year, ROOT)
    FormWriter(structure, unit, before or Before(), language).write(path)
    return path


def change(path: Path, work: Callable[[openpyxl.Workbook], None]) -> Path:
    """Change a workbook as somebody does who fills it in."""
    book = openpyxl.load_workbook(path)
    work(book)
    book.save(path)
    return path


def fill(path: Path, **cells: object) -> Path:
    """Write into cells of the adults' sheet: ``B8=1.5``."""

    def work(book: openpyxl.Workbook) -> None:
        for cell, value in cells.items():
            book.worksheets[1][cell] = value

    return change(path, work)
