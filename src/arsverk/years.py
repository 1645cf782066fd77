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
import textwrap
from pathlib import Path

import yaml

from arsverk.form.storing import ANSWERS
from arsverk.form.structure import (
    REFERENCE,
    SUBMISSIONS,
    FormError,
    collection_years,
    load_settings,
    rows_of,
)

SETTINGS = Path("dbt_project.yml")
DEMO = "demo-"
# What was published to compare the demo with, and what the demo is made of.
LISTS_OF_THE_DEMO = (
    "demo_years",
    "published_exceptions",
    "published_figures",
    "published_indicator",
)


# --- YAML, edited where it stands: comments and layout are kept ---------------


def node_at(text: str, *path: str) -> tuple[yaml.Node, yaml.Node]:
    """Return the key and the value at a path of a YAML text.

    Raises:
        FormError: there is no such key.
    """
    key, value = None, yaml.compose(text)
    for name in path:
        pairs = value.value if isinstance(value, yaml.MappingNode) else []
        found = [pair for pair in pairs if pair[0].value == name]
        if not found:
            raise FormError(f"{SETTINGS} has no {'.'.join(path)}.")
        key, value = found[0]
    return key, value


def with_years(text: str, years: list[int], *path: str) -> str:
    """Return a YAML text whose list at a path holds these years, in its own layout.

    Raises:
        FormError: the list has comments inside, which would be lost.
    """
    key, value = node_at(text, *path)
    if isinstance(value, yaml.SequenceNode) and value.value:
        start, end = value.start_mark.index, value.value[-1].end_mark.index
        if value.flow_style:
            end = value.end_mark.index
    else:
        start, end = key.end_mark.index + 1, value.end_mark.index
    if "#" in text[start:end]:
        raise FormError(
            f"{SETTINGS}, line {value.start_mark.line + 1}: comments stand inside the"
            f" list {path[-1]}. Put them above it."
        )
    if years and isinstance(value, yaml.SequenceNode) and not value.flow_style:
        indent = "\n" + " " * value.start_mark.column
        new = indent.join(f"- {year}" for year in years)
    else:
        new = f"[{', '.join(map(str, years))}]"
        if start == key.end_mark.index + 1:
            new = f" {new}"
        elif not value.flow_style:  # a list in a block becomes empty
            start, new = key.end_mark.index + 1, f" {new}"
    return text[:start] + new + text[end:]


def names_in(text: str) -> set[str]:
    """Return the seeds that a file describes."""
    return {seed["name"] for seed in yaml.safe_load(text)["seeds"] or []}


def described(kind: str, year: int, edition: str) -> str:
    """Return the description of a year's file, as YAML."""
    if kind == "submissions":
        what, row = f"on the form edition `{edition}`", "service line"
    else:
        what, row = "to the form's other questions", "answer"
    text = (
        f"{kind.capitalize()} of {year} {what}, every column the text that was"
        f" received. One row per {row} of one submission."
    )
    indent = " " * 6
    text = textwrap.fill(text, 84, initial_indent=indent, subsequent_indent=indent)
    source = indent + "{{ doc('received_forms') }}"
    return f"  - name: {kind}_{year}\n    description: >-\n{text}\n{source}\n"


# --- What a year consists of --------------------------------------------------


def columns_of(form: dict, year: int) -> list[str]:
    """Return the headings of a year's file of submissions."""
    added = form.get("added_cells") or {}
    return [
        *("innsending_id", "enhet", "mottatt", "del", "tjeneste"),
        *form["cells"],
        *(cell for cell, first in added.items() if year >= first),
        *([form["own_sum"]] if form.get("own_sum") else []),
        "merknad",
    ]


def edition_of_series(year: int, project: Path) -> str:
    """Return the form edition of the series that a year belongs to.

    Raises:
        FormError: no series has the year.
    """
    rows = rows_of(
        """select form_edition from {series}
        where ? between cast(first_year as int)
            and coalesce(cast(last_year as int), 9999)""",
        project,
        year,
    )
    if not rows:
        raise FormError(
            f"{year} is in no series. Add one to {REFERENCE}/series.csv first"
            " (series_code, first_year, last_year, structure_year, form_edition,"
            " name_nb, name_en), or give its first_year."
        )
    return rows[0][0]


def editions_of(years: list[int], given: str | None, project: Path) -> dict[int, str]:
    """Return the form edition of each year.

    Raises:
        FormError: the project has no such form edition.
    """
    forms = load_settings(project)["form_editions"]
    listed = collection_years(load_settings(project))
    editions = {
        year: given or listed.get(year) or edition_of_series(year, project)
        for year in years
    }
    for year, edition in editions.items():
        if edition not in forms:
            raise FormError(
                f"There is no form edition {edition}: the var form_editions"
                f" ({SETTINGS}) has {', '.join(forms)}."
            )
        if listed.get(year, edition) != edition:
            raise FormError(
                f"{year} is a year of the form {listed[year]} already, in the var"
                f" form_editions ({SETTINGS}). Take it out there first."
            )
    return editions


def asks_questions(year: int, project: Path) -> bool:
    """Whether the form of a year has other questions."""
    asked = rows_of(
        """select 1 from {questions} where $1 between cast(first_year as int)
        and coalesce(cast(last_year as int), 9999) limit 1""",
        project,
        year,
    )
    return bool(asked)


class Changes:
    """Files that are written or taken away, all of them at the end."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.contents: dict[Path, str | None] = {}
        self.told: list[str] = []
        self.new: list[Path] = []

    def read(self, path: Path) -> str:
        """Return a file's text as it will be."""
        if path in self.contents:
            return self.contents[path] or ""
        return (self.project / path).read_bytes().decode()

    def exists(self, path: Path) -> bool:
        """Whether a file will be there."""
        if path in self.contents:
            return self.contents[path] is not None
        return (self.project / path).exists()

    def write(self, path: Path, content: str | None, what: str) -> None:
        """Write a file, or take it away; nothing is told that does not change."""
        if self.exists(path) and content == self.read(path):
            return
        if not self.exists(path):
            self.new.append(path)
        self.contents[path] = content
        self.told.append(f"{path}: {what}")

    def apply(self) -> None:
        """Do it."""
        for path, content in self.contents.items():
            whole = self.project / path
            if content is None:
                whole.unlink()
            else:
                aside = whole.with_name(f".{whole.name}.part")
                aside.write_bytes(content.encode())
                aside.rename(whole)


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


# --- What only people can say -------------------------------------------------


def missing(years: list[int], project: Path) -> list[str]:
    """Return what is not there yet of some years, by file and columns."""
    told = []
    for year in years:
        told += missing_rows(year, project)
        told += missing_reference(year, project)
    ((newest,),) = rows_of(
        "select max(cast(change_year as int)) from {municipality_changes}", project
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
OF_THE_SERIES = f"(select cast(structure_year as int) from {{series}} where {IN_FORCE})"
MUNICIPALITIES = f"select municipality_code from {{municipalities}} where {IN_FORCE}"
NEEDED = (
    (
        *("population.csv", "inhabitants of", "municipalities"),
        MUNICIPALITIES,
        "select municipality_code from {population} where cast(year as int) = $1",
    ),
    (
        *("district_population.csv", "inhabitants of", "districts that answer"),
        f"""select district_code from {{districts}}
        where is_reporting_unit = 'true' and {IN_FORCE}""",
        "select district_code from {district_population} where cast(year as int) = $1",
    ),
    (
        *("population_national.csv", "inhabitants of", "country"),
        "select 'Norway' where $1 > 0",
        "select 'Norway' from {population_national} where cast(year as int) = $1",
    ),
    (
        *("kostra_groups.csv", "KOSTRA group in", "municipalities"),
        MUNICIPALITIES,
        f"select municipality_code from {{kostra_groups}} where {IN_FORCE}",
    ),
    (
        *(
            "municipality_correspondence.csv",
            "place in the series in",
            "municipalities",
        ),
        MUNICIPALITIES,
        f"""select municipality_code from {{municipality_correspondence}}
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


# --- Received forms instead of the demo ---------------------------------------


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


# --- The commands -------------------------------------------------------------


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
