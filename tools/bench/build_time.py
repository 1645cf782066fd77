"""How long a build takes, and what more submissions cost.

Builds the demo without its reviews (they know the originals only), and again with
every submission received ten times under identifiers of their own: all are read and
checked, one of the ten counts, and no figure changes. Prints both times and their
ratio, measured in one run on this machine.

    python tools/bench/build_time.py
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
COPIES = 9


def copy_project(folder: Path) -> None:
    """Copy what dbt needs."""
    for name in ("models", "macros", "seeds", "tests", "profiles", "analyses"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, folder / name)


def receive_again(path: Path, copies: int) -> None:
    """Add copies of every submission to a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        for copy in range(copies):
            for row in rows:
                writer.writerow(
                    row | {"innsending_id": f"{row['innsending_id']}-{copy}"}
                )


def build(folder: Path) -> tuple[float, int, list[tuple]]:
    """Return the seconds of a build, its submissions and the country's figures."""
    begin = time.perf_counter()
    subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--quiet", "build"],
        cwd=folder,
        env={**os.environ, "ARSVERK_DUCKDB": str(folder / "arsverk.duckdb")},
        check=True,
    )
    seconds = time.perf_counter() - begin
    with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as connection:
        (submissions,) = connection.execute(
            "select count(distinct (year, submission_id)) from marts.fct_submission"
        ).fetchone()
        figures = connection.execute(
            """select year, measure_code, fte from marts.fct_indicator
            where region_level = 'country' order by year, measure_code"""
        ).fetchall()
    return seconds, submissions, figures


def main() -> None:
    """Print the times, their ratio and the cost of 1,000 submissions."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        once, again = Path(folder) / "once", Path(folder) / "again"
        for project in (once, again):
            copy_project(project)
            reviews = project / "seeds" / "submissions" / "reviews.csv"
            headings = reviews.read_text(encoding="utf-8").splitlines(keepends=True)[0]
            reviews.write_text(headings, encoding="utf-8")
        for path in sorted((again / "seeds" / "submissions").glob("submissions_*.csv")):
            receive_again(path, COPIES)
        seconds, submissions, figures = build(once)
        more_seconds, more_submissions, same_figures = build(again)
    assert figures == same_figures, "the copies changed a figure"
    cost = (more_seconds - seconds) / (more_submissions - submissions) * 1000
    print(f"{submissions:>7,} submissions: {seconds:6.1f} s")
    print(f"{more_submissions:>7,} submissions: {more_seconds:6.1f} s")
    print(f"ratio of submissions {more_submissions / submissions:.1f}")
    print(f"ratio of time        {more_seconds / seconds:.2f}")
    print(f"per 1,000 more       {cost:.2f} s")


if __name__ == "__main__":
    main()
