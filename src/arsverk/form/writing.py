"""Write the form of a unit as a workbook.

The workbook's bytes depend on the structure, the unit and last year's figures alone.
What may be filled in has a name (``adults_01``: a line from its service to its
remark), so that it is found again wherever it stands.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from xlsxwriter.format import Format

from arsverk.form.book import Before, FormBook, Unit
from arsverk.form.other_sheets import OtherSheets
from arsverk.form.part_sheet import PartSheets
from arsverk.form.structure import FormError, load_structure
from arsverk.sheets import whole
from arsverk.units import find_unit
from arsverk.working_file import Marts, report

FORMS = {
    "nb": "{n} skjemaer for {year} i {out}",
    "en": "{n} forms of {year} in {out}",
}


class FormWriter(PartSheets, OtherSheets):
    """Writes one unit's workbook."""

    def write(self, path: Path) -> None:
        """Write the workbook."""
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with FormBook(str(path), options) as book:
            self.book = book
            # The time of writing would make the same form another file.
            book.set_properties(
                {
                    "title": self.text("heading"),
                    "subject": self.unit.title(self.year),
                    "created": datetime(self.year, 1, 1),
                }
            )
            self.formats: dict[tuple, Format] = {}
            self.write_guide()
            for part in self.structure.parts:
                self.write_part(part)
            if self.unit.is_asked and self.structure.questions:
                self.write_questions()
            self.write_help()
            self.write_lists()
            self.write_meta()


def load_units(file: Marts, year: int) -> list[Unit]:
    """Return the register of a year, or of the one after the newest (R17)."""
    return [
        Unit(row["reporting_unit_code"], row["reporting_unit_name"], row["is_asked"])
        for row in file.rows(
            """
            select reporting_unit_code, reporting_unit_name,
                unit_kind != 'city_wide' as is_asked
            from intermediate.int_reporting_units__registered
            where year = ?
            order by reporting_unit_code
            """,
            year,
        )
    ]


def load_before(file: Marts, year: int) -> dict[str, Before]:
    """Return what each unit had the year before; nothing in a series' first year."""
    found: dict[str, Before] = {}
    years = file.rows(
        "select provenance_nb, provenance_en from marts.dim_year where year = ?",
        year - 1,
    )
    provenance = tuple(years[0].values()) if years else (None, None)
    for row in file.rows("from reports.rpt_form_before where year = ?", year):
        before = found.setdefault(
            row["reporting_unit_code"], Before(provenance=provenance)
        )
        group = row["target_group"]
        before.fte[group, row["service_code"], row["education_code"]] = row["fte"]
        if row["service_code"] is None and row["education_code"] is None:
            before.is_carried[group] = row["is_carried"]
    return found


def write_forms(
    file: Marts, year: int, wanted: str | None, out: Path, language: str
) -> list[Path]:
    """Write the form of one unit, or of all; return the paths.

    Raises:
        FormError: no such year, or a file is there already.
        NotThereError: no such unit.
    """
    structure = load_structure(year, Path.cwd())
    units = load_units(file, year)
    before = load_before(file, year)
    if not units:
        raise FormError.of("told.build_knows_no_units", year=year)
    if wanted is not None:
        code = find_unit(wanted, ((unit.code, unit.name) for unit in units), year)
        units = [unit for unit in units if unit.code == code]
    paths = [out / unit.file_name(year, language) for unit in units]
    there = [path for path in paths if path.exists()]
    if there:
        key = "told.are_there_already" if there[1:] else "told.is_there_already"
        raise FormError.of(key, path=there[0], more=len(there) - 1)
    out.mkdir(parents=True, exist_ok=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=len(units) == 1,
    ) as bar:
        task = bar.add_task("Forms", total=len(units))
        for unit, path in zip(units, paths, strict=True):
            of_unit = before.get(unit.code, Before())
            with whole(path) as aside:
                FormWriter(structure, unit, of_unit, language).write(aside)
            bar.advance(task)
    return paths


def run(options: argparse.Namespace) -> int:
    """Write forms; return the exit code."""
    unit = None if options.all else options.unit
    # What git ignores: forms do not belong among the project's files.
    out = options.out or Path(f"target/forms-{options.year}")

    def work(file: Marts) -> None:
        paths = write_forms(file, options.year, unit, out, options.language)
        if options.all:
            told = FORMS[options.language]
            print(told.format(n=len(paths), year=options.year, out=out))
        else:
            print(paths[0])

    return report(work, options.language)
