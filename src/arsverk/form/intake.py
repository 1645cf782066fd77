"""Read filled-in forms into the files of submissions.

Each workbook is taken apart in a process of its own (``reading``), held against the
structure of its year (``judging``) and, if it is as it should be, stored (``storing``).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from arsverk.control import plain
from arsverk.form.cells import Form, printable
from arsverk.form.judging import FormReader
from arsverk.form.reading import Reply, prepare, read_aside
from arsverk.form.storing import alone, known_forms, store
from arsverk.form.structure import (
    SUBMISSIONS,
    FormError,
    collection_years,
    load_settings,
    newest_year,
)
from arsverk.wording import LANGUAGES, say

MOST_PROBLEMS = 20


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that were named, and those in folders that were.

    What programs put beside an open workbook is left out.

    Raises:
        FormError: something is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if not p.is_dir())
            found |= dict.fromkeys(
                p for p in inside if not p.name.startswith((".", "~$"))
            )
        elif os.path.lexists(path):
            found[path] = None
        else:
            raise FormError.of("told.not_there", path=path)
    return list(found)


def read_all(paths: list[Path], console: Console) -> Iterator[tuple[Path, Reply]]:
    """Take workbooks apart, each in a process of its own, one on each core."""
    context = prepare()
    n_workers = min(len(os.sched_getaffinity(0)), 8)

    def take(path: Path) -> Reply:
        if not path.is_file():
            return {"code": "no_access", "found": "no file", "sheet": "", "cell": ""}
        return read_aside(path, context)

    with (
        ThreadPoolExecutor(n_workers) as workers,
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=len(paths) == 1,
        ) as bar,
    ):
        task = bar.add_task("Forms", total=len(paths))
        for path, reply in zip(paths, workers.map(take, paths), strict=True):
            yield path, reply
            bar.advance(task)


def changed_at(path: Path) -> datetime:
    """Return when a file was last changed here; now, where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime)
    except (OSError, ValueError, OverflowError):
        return datetime.now()


def read_forms(
    paths: list[Path],
    project: Path,
    console: Console,
    year: int | None = None,
    received: datetime | None = None,
    any_year: bool = False,
) -> list[Form]:
    """Read forms; nothing is stored yet.

    Raises:
        FormError: the project or a path is not there, or a file of submissions is not
            as it should be.
    """
    newest = newest_year(load_settings(project))

    def not_this(of_form: int) -> str:
        if any_year:
            return ""
        if year is not None:
            return "" if of_form == year else str(year)
        return "" if of_form >= newest else f"{newest}–"

    known = known_forms(project / SUBMISSIONS)
    forms: list[Form] = []
    with duckdb.connect() as connection:
        reader = FormReader(project, connection, not_this)
        for path, reply in read_all(find_files(paths), console):
            stamp = received or changed_at(path)
            form = reader.read(path, reply, stamp.replace(microsecond=0))
            if not form.problems:
                form.is_known = form.submission_id in known
                known.add(form.submission_id)
            forms.append(form)
    return forms


def both(key: str) -> str:
    """Return a few words in both languages, for those who have not said which."""
    return " / ".join(say(f"intake.{key}", language) for language in LANGUAGES)


def print_problems(form: Form, console: Console) -> None:
    """Print why a form is refused, in both languages."""
    for problem in form.problems[:MOST_PROBLEMS]:
        for language in ("nb", "en"):
            console.print(f"  {language}: {plain(problem.message(language))}")
    if form.problems[MOST_PROBLEMS:]:
        console.print(f"  … + {len(form.problems) - MOST_PROBLEMS}")


def print_summary(forms: list[Form], written: list[Path], console: Console) -> None:
    """Print what was read, what not, and why."""
    new = [form for form in forms if not form.problems and not form.is_known]
    known = [form for form in forms if form.is_known]
    refused = [form for form in forms if form.problems]
    for form in new:
        what = ", ".join(form.parts)
        if form.answers:
            what += f"{', ' if what else ''}{len(form.answers)} {both('answers')}"
        console.print(
            plain(
                f"{printable(str(form.path))}: {form.unit} {printable(form.unit_name)},"
                f" {form.year}: {what}"
            )
        )
    for form in refused:
        path = plain(printable(str(form.path)))
        console.print(f"[bold]{path}: {both('not_read')}[/bold]")
        print_problems(form, console)
    console.print(
        f"{both('n_read')}: {len(new)}. {both('n_known')}: {len(known)}."
        f" {both('n_not_read')}: {len(refused)}."
    )
    for path in written:
        console.print(plain(str(path)))


def missing_years(forms: list[Form], project: Path) -> list[str]:
    """Return what a person has to do before the years of the forms are built."""
    settings = load_settings(project)
    listed = collection_years(settings)
    told = []
    for year in sorted({form.year for form in forms if not form.problems}):
        with_answers = any(form.answers for form in forms if form.year == year)
        if year not in listed:
            said = both("not_in_form_editions")
            told.append(f"{year} {said} (dbt_project.yml): arsverk year add {year}.")
        elif with_answers and year not in settings["answer_years"]:
            said = both("not_in_answer_years")
            told.append(f"{year} {said} (dbt_project.yml): arsverk year add {year}.")
    return told


def run(options: argparse.Namespace) -> int:
    """Read forms and store them; return the exit code."""
    project = Path.cwd()
    width = None if sys.stdout.isatty() else 200
    console = Console(width=width, highlight=False, emoji=False, soft_wrap=True)
    try:
        folder = project / SUBMISSIONS
        load_settings(project)
        with alone(folder):
            forms = read_forms(
                options.paths,
                project,
                Console(stderr=True),
                options.year,
                options.received,
            )
            fine = [form for form in forms if not form.problems]
            written = store(fine, folder, project)
    except (FormError, OSError) as error:
        told = [str(error), str(error)]
        if isinstance(error, FormError):
            told = [error.told("nb"), error.told("en")]
        for language, text in zip(LANGUAGES, told, strict=True):
            print(say("intake.nothing_stored", language, error=text), file=sys.stderr)
        return 1 if isinstance(error, FormError) else 2
    print_summary(forms, written, console)
    for line in missing_years(fine, project):
        console.print(line)
    return 1 if any(form.problems for form in forms) else 0
