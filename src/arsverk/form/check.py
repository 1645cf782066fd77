"""Show a unit what it would be asked about, before it sends its form.

The form is read as it would be when it is received, put beside the submissions that
are there in a copy of the project, and judged by the same models as the build. There
are no rules here.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from rich.console import Console

from arsverk.control import plain
from arsverk.feedback import Feedback
from arsverk.form.cells import Form
from arsverk.form.intake import print_problems, read_forms
from arsverk.form.storing import store
from arsverk.form.structure import (
    SUBMISSIONS,
    FormError,
    edition_of,
    load_settings,
    load_structure,
)
from arsverk.wording import section
from arsverk.working_file import Marts, NotThereError, Row, marts

# What findings are read from, and what Feedback prints of a part.
TABLES = (
    *("fct_submission_issue", "fct_submission", "fct_response", "fct_review"),
    *("fct_unit_figure", "dim_year", "dim_target_group"),
    *("rpt_unit_responses", "rpt_unit_figures"),
)
TEXTS = section("check")


class CheckError(Exception):
    """The models could not be run; the message says what dbt said."""


def copy_beside(project: Path, folder: Path) -> None:
    """Copy what dbt needs, so that a form can be added to its submissions."""
    for name in ("models", "macros", "seeds", "tests", "analyses", "profiles"):
        shutil.copytree(project / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(project / name, folder / name)


def vars_with(form: Form, settings: dict) -> dict:
    """Return the vars with which the form's year is among those that are built."""
    edition = edition_of(form.year, settings)
    editions = settings["form_editions"]
    years = {*(editions[edition].get("years") or ()), form.year}
    answer_years = {*settings["answer_years"], *([form.year] if form.answers else [])}
    return {
        "form_editions": {
            **editions,
            edition: {**editions[edition], "years": sorted(years)},
        },
        "answer_years": sorted(answer_years),
    }


def build(form: Form, project: Path, folder: Path) -> Path:
    """Build what judges the form; return the DuckDB file.

    Raises:
        CheckError: dbt did not succeed.
        FormError: the submissions that are there are not as they should be.
    """
    copy_beside(project, folder)
    store([form], folder / SUBMISSIONS, project)
    file = folder / "check.duckdb"
    process = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            *("--quiet", "build", "--select", *(f"+{table}" for table in TABLES)),
            *("--exclude-resource-type", "test"),
            *("--exclude-resource-type", "unit_test"),
            *("--vars", json.dumps(vars_with(form, load_settings(project)))),
        ],
        cwd=folder,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("DBT_")},
            "ARSVERK_DUCKDB": str(file),
            "ARSVERK_RELEASES": str(folder),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_USE_COLORS": "false",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode != 0:
        raise CheckError(process.stdout[-4000:] + process.stderr[-4000:])
    return file


class Report:
    """What is said of a form, in one language."""

    def __init__(
        self,
        form: Form,
        found: Marts,
        project: Path,
        language: str,
        console: Console,
    ) -> None:
        self.form, self.found, self.language = form, found, language
        self.console = console
        self.structure = load_structure(form.year, project)

    def say(self, key: str, style: str = "", **values: object) -> None:
        """Print a text in which nothing is markup."""
        text = TEXTS[self.language][key].format(year=self.form.year, **values)
        self.console.print(plain(text), style=style)

    def print_all(self) -> int:
        """Print findings and figures; return the number of errors."""
        form = self.form
        self.console.print()
        self.say("title", "bold", unit=form.unit, name=form.unit_name)
        parts = ", ".join(form.parts) or TEXTS[self.language]["nothing"]
        self.say("parts", parts=parts)
        if form.answers:
            self.say("answers", n=len(form.answers))
        if not self.found.rows(
            "select 1 from reference.population where year = ? limit 1", form.year
        ):
            self.say("population", "italic")
        self.console.print()
        findings = self.found.rows(
            f"""
            select severity, service_label, column_name, target_group,
                message_{self.language} as message
            from marts.fct_submission_issue
            where year = $1 and submission_id = $2
            order by severity, issue_number
            """,
            form.year,
            form.submission_id,
        )
        for finding in findings:
            place = self.place_of(finding)
            kind = TEXTS[self.language][finding["severity"]]
            self.console.print(
                plain(f"{kind}{f' ({place})' if place else ''}: {finding['message']}")
            )
        if not findings:
            self.say("none")
        self.print_figures()
        self.say("nothing_sent", "italic")
        return sum(finding["severity"] == "error" for finding in findings)

    def place_of(self, finding: Row) -> str:
        """Return the sheet and the cell that a finding is about, if there is one."""
        labels = {part.target_group: part.raw_label for part in self.structure.parts}
        sheet = ""
        for row in self.form.trace:
            if row["del"] != labels.get(finding["target_group"]):
                continue
            sheet = row["ark"]
            if row["tjeneste"] == finding["service_label"]:
                top, left = coordinate_to_tuple(row["celler"].split(":")[0])
                names = [column.raw_column for column in self.structure.columns]
                # An x stands in one cell for all of them.
                if finding["column_name"] in names and ":" in row["celler"]:
                    left += names.index(finding["column_name"]) + 1
                return f"{sheet}!{get_column_letter(left)}{top}"
        return sheet

    def print_figures(self) -> None:
        """Print the figures of the answered parts beside last year's."""
        try:
            feedback = Feedback(
                *(self.found, self.form.unit, self.form.year),
                *(self.language, self.console),
            )
        except NotThereError as error:
            self.console.print(plain(error.told(self.language)))
            return
        for row in self.found.rows(
            f"""select year, provenance_{self.language} as provenance
            from marts.dim_year
            where year between $1 - 1 and $1
                and provenance_{self.language} is not null
            order by year""",
            self.form.year,
        ):
            self.console.print(plain(f"{row['year']}: {row['provenance']}"))
        for response in feedback.responses:
            if response["submission_id"] == self.form.submission_id:
                self.console.print()
                self.console.print(
                    plain(response[f"part_name_{self.language}"]), style="bold"
                )
                feedback.print_figures(response)


def run(options: argparse.Namespace) -> int:
    """Check a form; return the exit code."""
    project = Path.cwd()
    width = None if sys.stdout.isatty() else 120
    console = Console(width=width, highlight=False, emoji=False)
    aside = Console(stderr=True, highlight=False)
    try:
        if not options.path.is_file():
            raise FormError.of("told.not_file_name_one", path=options.path)
        (form,) = read_forms(
            [options.path],
            project,
            aside,
            any_year=True,
            received=datetime.now(),
        )
        if form.problems:
            console.print(plain(f"{options.path}: ikke lest / not read"), style="bold")
            print_problems(form, console)
            return 1
        said = TEXTS[options.language]["reading"].format(path=options.path)
        with (
            aside.status(plain(said)),
            tempfile.TemporaryDirectory() as folder,
            marts(build(form, project, Path(folder))) as found,
        ):
            report = Report(form, found, project, options.language, console)
            return 1 if report.print_all() else 0
    except (CheckError, FormError, OSError) as error:
        told = error
        if isinstance(error, FormError):
            told = error.told(options.language)
        print(
            TEXTS[options.language]["not_checked"].format(error=told), file=sys.stderr
        )
        return 2 if isinstance(error, OSError) else 1
