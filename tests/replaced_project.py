"""A copy of the project in which received forms took the place of the demo."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from arsverk.__main__ import main
from conftest import ROOT, copy_project, made_once, run_dbt

SUBMISSIONS, REFERENCE = Path("seeds/submissions"), Path("seeds/reference")


def fill(project: Path, is_wanted: Callable[[str], bool]) -> None:
    """Put rows that look like received ones in place of the demo's: 2024 to 2026."""
    for year, source in ((2024, 2024), (2025, 2025), (2026, 2025)):
        for kind in ("submissions", "answers"):
            path = SUBMISSIONS / f"{kind}_{source}.csv"
            header, *rows = list(
                csv.reader(io.StringIO((ROOT / path).read_text(encoding="utf-8")))
            )
            with (project / SUBMISSIONS / f"{kind}_{year}.csv").open(
                "w", encoding="utf-8", newline=""
            ) as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(header)
                for identifier, unit, received, *rest in rows:
                    if is_wanted(unit):
                        own = identifier.replace(f"demo-{source}", f"{year}")
                        when = received.replace(str(source), str(year))
                        writer.writerow([own, unit, when, *rest])
    for name in ("population", "district_population", "population_national"):
        with (project / REFERENCE / f"{name}.csv").open("r+", encoding="utf-8") as file:
            rows = file.readlines()
            if not any(row.startswith("2026,") for row in rows):
                rows = [row for row in rows if row.startswith("2025,")]
                file.writelines(row.replace("2025,", "2026,", 1) for row in rows)


def replaced_project(factory: pytest.TempPathFactory) -> Path:
    """Return a project without the demo, with the forms of some units, compiled.

    One of the tests' processes makes it for all of them.
    """

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(project)
            assert main(["data", "replace", "--years", "2024-2026", "--force"]) == 0
        # Rogaland, and Oslo with its districts.
        fill(project, lambda unit: unit[:2] in ("11", "03"))
        process = run_dbt(
            *("--quiet", "compile", "--select", "resource_type:model"),
            "resource_type:test",
            target=project / "target",
            project=project,
        )
        assert process.returncode == 0, process.stdout[-4000:]
        # Another command leaves another one.
        shutil.copy(project / "target" / "manifest.json", folder)

    return made_once(factory, "replaced", make) / "project"
