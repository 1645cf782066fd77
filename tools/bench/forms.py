"""How long it takes to write and read the forms of a whole year.

    .venv/bin/python tools/bench/forms.py [--forms 372]

Every form is filled in everywhere. Reading is measured as the command does it, one
process a file on each core, and beside it in one process without any limits: what the
limits cost is their ratio, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

import openpyxl
from rich.console import Console

from arsverk.form.book import Before, Unit
from arsverk.form.intake import read_forms
from arsverk.form.reading import read_workbook
from arsverk.form.storing import store
from arsverk.form.structure import SUBMISSIONS, load_structure
from arsverk.form.writing import FormWriter

ROOT = Path(__file__).resolve().parents[2]


def write_blank(folder: Path, number: int) -> list[Path]:
    """Write forms of units that do not exist; return their paths."""
    structure = load_structure(2026, ROOT)
    paths = []
    for n in range(number):
        unit = Unit(f"{9000 + n}", f"Prøve {n}", True)
        paths.append(folder / unit.file_name(2026, "nb"))
        FormWriter(structure, unit, Before(), "nb").write(paths[-1])
    return paths


def fill(path: Path, chance: random.Random) -> None:
    """Fill in every open cell of a form."""
    book = openpyxl.load_workbook(path)
    for sheet in book["Voksne"], book["Barn og unge"]:
        for row in sheet.iter_rows(min_row=8):
            for cell in row[1:6]:
                if not cell.protection.locked:
                    cell.value = chance.randrange(0, 2000) / 10
    sheet = book["Spørsmål"]
    sheet["B6"], sheet["B7"] = "Stor økning", "Uendret"
    book.save(path)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--forms", type=int, default=372)
    number = parser.parse_args().forms
    chance = random.Random(20261122)
    with tempfile.TemporaryDirectory() as name:
        folder, seeds = Path(name) / "forms", Path(name) / SUBMISSIONS
        folder.mkdir()
        seeds.mkdir(parents=True)
        begun = time.perf_counter()
        paths = write_blank(folder, number)
        writing = time.perf_counter() - begun
        for path in paths:
            fill(path, chance)

        begun = time.perf_counter()
        forms = read_forms([folder], ROOT, Console(stderr=True))
        read = time.perf_counter() - begun
        assert not any(form.problems for form in forms), "a form was refused"
        begun = time.perf_counter()
        store(forms, seeds, ROOT)
        storing = time.perf_counter() - begun
        begun = time.perf_counter()
        for path in paths:
            read_workbook(path)
        alone = time.perf_counter() - begun
    cores = len(os.sched_getaffinity(0))
    each = 1000 / number
    print(f"{number} forms, {cores} cores")
    print(f"  written          {writing:6.1f} s, {writing * each:5.0f} ms each")
    print(f"  read and judged  {read:6.1f} s, {read * each:5.0f} ms each")
    print(f"  stored           {storing:6.1f} s")
    print(f"  taken apart in one process, no limits {alone:6.1f} s")
    print(f"  read with limits / without: {read / alone:.2f}")


if __name__ == "__main__":
    main()
