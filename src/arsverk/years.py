"""A new collection year, and received forms instead of the demo.

    arsverk year add 2026                  files, descriptions and vars of a year
    arsverk data replace --years 2024-2026 the demo goes, and these years are collected

Both say what they cannot make, by file and columns. `docs/new-year.md` is the
page about it.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
from pathlib import Path

import yaml

from arsverk.form.storing import ANSWERS
from arsverk.form.structure import (
    REFERENCE,
    SUBMISSIONS,
    FormError,
    load_settings,
    rows_of,
)
from arsverk.year_files import (
    SETTINGS,
    Changes,
    asks_questions,
    columns_of,
    described,
    editions_of,
    names_in,
    with_years,
)
from arsverk.year_reference import heading, missing_reference, missing_rows

DEMO = "demo-"


# What was published to compare the demo with, and what the demo is made of.
LISTS_OF_THE_DEMO = (
    "demo_years",
    "published_exceptions",
    "published_figures",
    "published_indicator",
)


def add_year(year: int, edition: str, changes: Changes) -> None:
    """Add a year's files, their descriptions and its place in the vars."""
    settings = yaml.safe_load(changes.read(SETTINGS))["vars"]
    form = settings["form_editions"][edition]
    years = list(form.get("years") or [])
    if year not in years:
        text = changes.read(SETTINGS)
        path = ("vars", "form_editions", edition, "years")
        text = with_years(text, [*years, year], *path)
        changes.write(SETTINGS, text, f"{year} is collected, on the form {edition}")
    with_answers = list(settings["answer_years"] or [])
    files = {"submissions": columns_of(form, year)}
    if asks_questions(year, changes.project):
        files["answers"] = list(ANSWERS)
    if "answers" in files and year not in with_answers:
        text = changes.read(SETTINGS)
        text = with_years(text, [*with_answers, year], "vars", "answer_years")
        changes.write(SETTINGS, text, f"{year} has answers to the other questions")
    for kind, columns in files.items():
        path = SUBMISSIONS / f"{kind}_{year}.csv"
        if not changes.exists(path):
            changes.write(path, ",".join(columns) + "\n", "new, with its headings")
        description = SUBMISSIONS / f"{kind}.yml"
        text = changes.read(description)
        if f"{kind}_{year}" not in names_in(text):
            before = text.rstrip("\n").removesuffix(" []")
            text = f"{before}\n{described(kind, year, edition)}"
            changes.write(description, text, f"describes {kind}_{year}")


def missing(years: list[int], project: Path) -> list[str]:
    """Return what is not there yet of some years, by file and columns."""
    told = []
    for year in years:
        told += missing_rows(year, project)
        told += missing_reference(year, project)
    ((newest,),) = rows_of(
        "select max(cast(change_year as int)) from seeds.municipality_changes", project
    )
    if max(years) > (newest or 0):
        told.append(
            f"The newest change in {REFERENCE}/municipality_changes.csv is of {newest}."
            f" If municipalities were merged, split or renumbered until {max(years)}:"
            f" {heading('municipality_changes', project)}; municipalities.csv"
            f" ({heading('municipalities', project)}); municipality_correspondence.csv"
            f" ({heading('municipality_correspondence', project)}); and centrality.csv"
            f" ({heading('centrality', project)})."
        )
    return told


def without_demo(path: Path, text: str) -> tuple[str, int, int]:
    """Return a file's text without rows of the demo, how many went and how many stay.

    Rows that stay are what they were, byte by byte.

    Raises:
        FormError: the file is no CSV.
    """
    physical = list(io.StringIO(text, newline=""))
    reader = csv.reader(physical, strict=True)
    kept, n_left_out, before, key = [], 0, 0, None
    try:
        for values in reader:
            raw = "".join(physical[before : reader.line_num])
            before = reader.line_num
            if not kept:
                ids = {"innsending_id", "submission_id"} & set(values)
                key = values.index(ids.pop()) if ids else None
            elif key is not None and "".join(values[key : key + 1]).startswith(DEMO):
                n_left_out += 1
                continue
            kept.append(raw)
    except csv.Error as error:
        raise FormError(
            f"{path}, line {reader.line_num}: {error}. Mend it first."
        ) from error
    return "".join(kept), n_left_out, len(kept) - 1


def replace_data(editions: dict[int, str], changes: Changes) -> None:
    """Take the demo and the published lists away, and collect these years.

    Raises:
        FormError: a file of another year has rows that were received.
    """
    for whole in sorted((changes.project / SUBMISSIONS).glob("*.csv")):
        path = SUBMISSIONS / whole.name
        kind, _, year = path.stem.rpartition("_")
        text, n_demo, n_left = without_demo(path, changes.read(path))
        is_of_year = kind in ("submissions", "answers") and year.isdigit()
        if is_of_year and int(year) not in editions:
            if n_left:
                raise FormError(
                    f"{path} has {n_left} rows that were received. Name {year} among"
                    " the years too, or put the file elsewhere."
                )
            changes.write(path, None, "taken away")
        elif n_demo:
            changes.write(path, text, f"{n_demo} rows of the demo taken away")
    for name in LISTS_OF_THE_DEMO:
        path = REFERENCE / f"{name}.csv"
        header, _, rows = changes.read(path).partition("\n")
        n = rows.count("\n")
        changes.write(path, f"{header}\n", f"{n} rows taken away, the headings stay")
    text = changes.read(SETTINGS)
    for edition, form in yaml.safe_load(text)["vars"]["form_editions"].items():
        if "years" not in form and edition not in editions.values():
            continue
        years = sorted(year for year, of in editions.items() if of == edition)
        text = with_years(text, years, "vars", "form_editions", edition, "years")
        changes.write(SETTINGS, text, f"the form {edition} has the years {years}")
    asked = [year for year in sorted(editions) if asks_questions(year, changes.project)]
    text = with_years(text, asked, "vars", "answer_years")
    changes.write(SETTINGS, text, f"{asked} have answers to the other questions")
    for kind, years in (("submissions", sorted(editions)), ("answers", asked)):
        path = SUBMISSIONS / f"{kind}.yml"
        described_years = [described(kind, year, editions[year]) for year in years]
        text = "seeds:\n" + "".join(described_years) if years else "seeds: []\n"
        changes.write(path, text, "describes the years that are collected")
    for year, edition in sorted(editions.items()):
        add_year(year, edition, changes)


def uncommitted(project: Path) -> str | None:
    """Return why git could not undo a change of the seeds, if it could not."""
    try:
        process = subprocess.run(
            ["git", "status", "--porcelain", "--", "seeds", str(SETTINGS)],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "there is no git, which could undo it"
    if process.returncode:
        return "the folder is in no git repository, so that nothing could be undone"
    if process.stdout:
        return "these files have changes that are not committed:\n" + process.stdout
    return None


def run(options: argparse.Namespace) -> int:
    """Add a year, or replace the demo; return the exit code."""
    project = Path.cwd()
    try:
        load_settings(project)
    except FormError as error:
        print(error, file=sys.stderr)
        return 2
    changes, why = Changes(project), None
    try:
        editions = editions_of(
            options.years, getattr(options, "edition", None), project
        )
        if options.verb == "replace":
            why = uncommitted(project)
            if why and not options.force:
                raise FormError(
                    f"{why}\nNothing was changed. Commit first, or say --force."
                )
            replace_data(editions, changes)
        else:
            for year, edition in editions.items():
                add_year(year, edition, changes)
        changes.apply()
    except (FormError, OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        print(error, file=sys.stderr)
        return 1
    tell(options.years, changes, missing(options.years, project))
    if options.verb == "replace" and changes.told:
        print(
            "What was published can be compared with received forms too: when all those"
            " of a year are in, put its rows back into published_figures.csv."
        )
        new = "".join(f" {path}" for path in changes.new)
        if not why:
            print(
                f"To undo: git restore seeds {SETTINGS}"
                + (f" && rm{new}" if new else "")
            )
    return 0


def tell(years: list[int], changes: Changes, lacking: list[str]) -> None:
    """Print what was done, and what only people can do."""
    named = ", ".join(map(str, years))
    if changes.told:
        print("Done:")
    else:
        print(f"Everything was there already for {named}.")
    for line in changes.told:
        print(f"  {line}")
    if lacking:
        print(f"Missing for {named}, and not to be made here:")
    for line in lacking:
        print(f"  {line}")
    print("Then `make build`; docs/new-year.md says more.")
