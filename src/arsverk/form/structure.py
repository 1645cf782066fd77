"""What a year's form consists of, as the seeds and the project's vars say.

The same structure is written into a workbook and expected when it comes back: its
checksum tells a form of this structure from all others.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import yaml

from arsverk.form.reading import LAYOUT
from arsverk.project_sql import query
from arsverk.working_file import NotThereError

REFERENCE = Path("seeds/reference")
SUBMISSIONS = Path("seeds/submissions")


class FormError(NotThereError):
    """What was asked for cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Column:
    """An education category: a column of both sheets."""

    letter: str
    raw_column: str
    education_code: str
    name_nb: str
    name_en: str

    def heading(self, language: str) -> str:
        """Return the heading as it stands on the form."""
        return f"{self.letter}: {getattr(self, f'name_{language}')}"


@dataclass(frozen=True)
class Line:
    """A service of one target group: a row of its sheet."""

    range_name: str
    label: str
    service_code: str
    in_scope: bool
    name_en: str

    def text(self, language: str) -> str:
        """Return the service as it stands on the form; the Norwegian is the key."""
        return self.label if language == "nb" else f"{self.name_en} ({self.label})"


@dataclass(frozen=True)
class Part:
    """A target group: a sheet."""

    target_group: str
    raw_label: str
    name_nb: str
    name_en: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    """An answer that can be chosen."""

    answer_code: str
    name_nb: str
    name_en: str


@dataclass(frozen=True)
class Question:
    """A question with its answers."""

    question_code: str
    target_group: str
    scale_code: str
    is_multiple: bool
    text_nb: str
    text_en: str
    # The answers to another question on which this one depends, in words.
    asked_if_nb: str | None
    asked_if_en: str | None
    answers: tuple[Answer, ...]

    def ranges(self) -> list[tuple[str, Answer | None]]:
        """Return the names of its rows; of several answers, one row each."""
        name = f"question_{self.question_code}"
        if not self.is_multiple:
            return [(name, None)]
        return [(f"{name}__{a.answer_code}", a) for a in self.answers]


@dataclass(frozen=True)
class Structure:
    """The form of a year: what every unit's workbook of that year has in common."""

    year: int
    form_edition: str
    columns: tuple[Column, ...]
    own_sum: str | None
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]

    @property
    def raw_columns(self) -> list[str]:
        """The headings of the year's file of submissions."""
        return [
            *("innsending_id", "enhet", "mottatt", "del", "tjeneste"),
            *(column.raw_column for column in self.columns),
            *([self.own_sum] if self.own_sum else []),
            "merknad",
        ]

    @property
    def ranges(self) -> dict[str, int]:
        """The names that a workbook's cells may have, and how many cells are in each.

        Each lies in one row.
        """
        n = len(self.columns)
        parts = [part.target_group for part in self.parts]
        names = {"meta": 9, "full_time_week": 1}
        names |= {f"{key}_title": 1 for key in ("guide", "questions", "help", *parts)}
        for key in parts:
            names |= {f"{key}_none": 1, f"{key}_contradiction": 1}
            names |= {f"{key}_columns": n + 3, f"{key}_total": n + 2}
            names[f"{key}_total_before"] = n + 1
        for part in self.parts:
            for line in part.lines:
                names |= {line.range_name: n + 3, f"{line.range_name}_before": n + 1}
        for question in self.questions:
            names |= {name: 2 for name, _ in question.ranges()}
        return names

    def checksum(self, unit: str, unit_name: str, asked: bool) -> str:
        """Return the checksum of a unit's form, whatever its language.

        Wordings are not in it: what stands on the form is read back beside it.
        """
        content = {
            "layout": LAYOUT,
            "unit": [unit, unit_name, asked],
            "year": [self.year, self.form_edition, self.own_sum],
            "columns": [[c.raw_column, c.education_code] for c in self.columns],
            "lines": [
                [part.raw_label, line.range_name, line.label, line.service_code]
                for part in self.parts
                for line in part.lines
            ],
            "questions": [
                [q.question_code, q.is_multiple, [a.answer_code for a in q.answers]]
                for q in self.questions
            ],
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def load_settings(project: Path) -> dict:
    """Return the vars of dbt_project.yml.

    Raises:
        FormError: the folder is not that of the project.
    """
    path = project / "dbt_project.yml"
    if not path.exists():
        raise FormError.of("told.not_there_run_command", path=path.absolute())
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["vars"]


def collection_years(settings: dict) -> dict[int, str]:
    """Return the collection years that the project knows, with their form editions."""
    return {
        year: edition
        for edition, form in settings["form_editions"].items()
        for year in form.get("years") or ()
    }


def newest_year(settings: dict) -> int:
    """Return the newest collection year that the project knows."""
    return max(collection_years(settings))


def edition_of(year: int, settings: dict) -> str:
    """Return the form edition of a year; a year to come has the newest one.

    Raises:
        FormError: the year is before the first form, or more than one year ahead.
    """
    years = collection_years(settings)
    newest = newest_year(settings)
    looked_up = newest if year == newest + 1 else year
    if looked_up in years:
        return years[looked_up]
    raise FormError.of(
        "told.there_no_form_there", year=year, first=min(years), last=newest + 1
    )


def rows_of(sql: str, project: Path, *values: object) -> list[tuple]:
    """Return the rows of a query on seeds: ``from seeds.services``."""
    with duckdb.connect() as connection:
        connection.execute("create schema seeds")
        for name in set(re.findall(r"\bseeds\.(\w+)", sql)):
            path = str(project / REFERENCE / f"{name}.csv").replace("'", "''")
            connection.execute(
                f"""create view seeds.{name} as
                from read_csv('{path}', header = true, all_varchar = true)"""
            )
        return connection.execute(sql, list(values)).fetchall()


@cache
def load_structure(year: int, project: Path) -> Structure:
    """Return the structure of a year's form.

    Raises:
        FormError: there is no form of that year.
    """
    settings = load_settings(project)
    edition = edition_of(year, settings)
    form = settings["form_editions"][edition]
    cells = [
        *form["cells"],
        *(c for c, first in form.get("added_cells", {}).items() if year >= first),
    ]
    categories = {
        row[0]: row[1:]
        for row in rows_of(
            """select raw_column, education_code, name_nb, name_en
            from seeds.education_categories where form_edition = ?""",
            project,
            edition,
        )
    }
    return Structure(
        year=year,
        form_edition=edition,
        columns=tuple(
            Column(chr(ord("a") + n), cell, *categories[cell])
            for n, cell in enumerate(cells)
        ),
        own_sum=form.get("own_sum"),
        parts=tuple(load_parts(edition, project)),
        questions=tuple(load_questions(year, project)),
    )


def load_parts(edition: str, project: Path) -> list[Part]:
    """Return the sheets of person-years, in the order of the seeds."""
    lines: dict[str, list[Line]] = {}
    for target_group, label, service_code, in_scope, name_en in rows_of(
        query("form_lines"),
        project,
        edition,
    ):
        of_group = lines.setdefault(target_group, [])
        name = f"{target_group}_{len(of_group) + 1:02}"
        of_group.append(Line(name, label, service_code, in_scope, name_en))
    return [
        Part(*row, tuple(lines.get(row[0], ())))
        for row in rows_of(
            """select target_group, raw_label, name_nb, name_en from seeds.target_groups
            order by cast(sort_order as integer)""",
            project,
        )
    ]


def load_questions(year: int, project: Path) -> list[Question]:
    """Return the questions that are asked in a year, with their answers."""
    answers: dict[str, list[Answer]] = {}
    for scale, *answer in rows_of(
        """select scale_code, answer_code, name_nb, name_en from seeds.answers
        order by scale_code, cast(sort_order as integer)""",
        project,
    ):
        answers.setdefault(scale, []).append(Answer(*answer))
    return [
        Question(*row, tuple(answers[row[2]]))
        for row in rows_of(
            query("form_questions"),
            project,
            year,
        )
    ]
