"""What nobody can make for a year: inhabitants, register, correspondence."""

from __future__ import annotations

import csv
from pathlib import Path

from arsverk.form.structure import REFERENCE, SUBMISSIONS, rows_of
from arsverk.year_files import asks_questions


def heading(seed: str, project: Path) -> str:
    """Return the columns of a list."""
    path = project / REFERENCE / f"{seed}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return ", ".join(next(csv.reader(file)))


def missing_rows(year: int, project: Path) -> list[str]:
    """Return which files of a year have no rows yet."""
    told = []
    files = {"submissions": "`arsverk form read FOLDER` fills it from workbooks"}
    if asks_questions(year, project):
        files["answers"] = f"without answers, take {year} out of the var answer_years"
    else:
        told.append(f"{REFERENCE}/questions.csv: no question is asked in {year}.")
    for kind, how in files.items():
        path = SUBMISSIONS / f"{kind}_{year}.csv"
        if not (project / path).exists():
            told.append(f"{path}: not there. `arsverk year add {year}` makes it.")
            continue
        with (project / path).open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file), [])
            is_empty = not file.readline()
        if is_empty:
            told.append(f"{path}: no rows yet ({', '.join(columns)}); {how}.")
    return told


# Each list that a year needs rows in: what the rows give, of which register, the
# codes that must have one and the codes that have.
IN_FORCE = """$1 between cast(first_year as int)
            and coalesce(cast(last_year as int), 9999)"""


OF_THE_SERIES = (
    f"(select cast(structure_year as int) from seeds.series where {IN_FORCE})"
)


MUNICIPALITIES = f"select municipality_code from seeds.municipalities where {IN_FORCE}"


NEEDED = (
    (
        *("population.csv", "inhabitants of", "municipalities"),
        MUNICIPALITIES,
        "select municipality_code from seeds.population where cast(year as int) = $1",
    ),
    (
        *("district_population.csv", "inhabitants of", "districts that answer"),
        f"""select district_code from seeds.districts
        where is_reporting_unit = 'true' and {IN_FORCE}""",
        """select district_code from seeds.district_population
        where cast(year as int) = $1""",
    ),
    (
        *("population_national.csv", "inhabitants of", "country"),
        "select 'Norway' where $1 > 0",
        "select 'Norway' from seeds.population_national where cast(year as int) = $1",
    ),
    (
        *("kostra_groups.csv", "KOSTRA group in", "municipalities"),
        MUNICIPALITIES,
        f"select municipality_code from seeds.kostra_groups where {IN_FORCE}",
    ),
    (
        *(
            "municipality_correspondence.csv",
            "place in the series in",
            "municipalities",
        ),
        MUNICIPALITIES,
        f"""select municipality_code from seeds.municipality_correspondence
        where cast(structure_year as int) in {OF_THE_SERIES}""",
    ),
)


def missing_reference(year: int, project: Path) -> list[str]:
    """Return what the register and the lists lack of a year."""
    told = []
    for name, what, of_whom, expected, found in NEEDED:
        wanted = {row[0] for row in rows_of(expected, project, year)}
        lacking = sorted(wanted - {row[0] for row in rows_of(found, project, year)})
        if lacking:
            some = ", ".join(lacking[:3]) + (" …" if lacking[3:] else "")
            told.append(
                f"{REFERENCE}/{name}: no {what} {year} for {len(lacking)} of"
                f" {len(wanted)} {of_whom} ({some}). Columns:"
                f" {heading(name.removesuffix('.csv'), project)}."
            )
    return told
