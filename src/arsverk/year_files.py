"""Descriptions and vars of a year, edited where they stand: layout is kept."""

from __future__ import annotations

import textwrap
from pathlib import Path

import yaml

from arsverk.form.structure import (
    REFERENCE,
    FormError,
    collection_years,
    load_settings,
    rows_of,
)

SETTINGS = Path("dbt_project.yml")


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
        """select form_edition from seeds.series
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
        """select 1 from seeds.questions where $1 between cast(first_year as int)
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
