"""Rows that look like received ones, in place of the demo's."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from running import ROOT

SUBMISSIONS, REFERENCE = Path("seeds/submissions"), Path("seeds/reference")
# A year's forms are those of this year of the demo, with its numbers in them.
LIKE = {2024: 2024, 2025: 2025, 2026: 2025}

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Rows, columns: Iterable[str] = ()) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns or rows[0]), "", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_rows(path: Path, *rows: dict[str, str]) -> None:
    old = read(path)
    write(path, [*old, *rows], old[0])


def fill(
    project: Path, is_wanted: Callable[[str], bool], years: Iterable[int] = LIKE
) -> None:
    """Put rows that look like received ones into the files of these years."""
    for year in years:
        for kind in ("submissions", "answers"):
            like = ROOT / SUBMISSIONS / f"{kind}_{LIKE[year]}.csv"
            rows = [row for row in read(like) if is_wanted(row["enhet"])]
            for row in rows:
                own = row["innsending_id"].replace(f"demo-{LIKE[year]}", f"{year}")
                when = row["mottatt"].replace(str(LIKE[year]), str(year))
                row |= {"innsending_id": own, "mottatt": when}
            path = project / SUBMISSIONS / f"{kind}_{year}.csv"
            with path.open(encoding="utf-8") as file:
                columns = next(csv.reader(file))
            write(path, rows, columns)
    for name in ("population", "district_population", "population_national"):
        path = project / REFERENCE / f"{name}.csv"
        rows = read(path)
        if not any(row["year"] == "2026" for row in rows):
            newest = [row for row in rows if row["year"] == "2025"]
            add_rows(path, *({**row, "year": "2026"} for row in newest))


def unit_tests() -> list[dict]:
    """Return all unit tests, as they stand in YAML."""
    found = []
    for path in (ROOT / "models").rglob("*.yml"):
        loaded = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        found += loaded.get("unit_tests", [])
    return found
