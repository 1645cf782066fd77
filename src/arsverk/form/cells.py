"""The cells of a workbook that came back, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from arsverk.form.messages import Problem
from arsverk.form.reading import Reply
from arsverk.form.structure import Part, Question
from arsverk.sheets import UNPRINTABLE
from arsverk.wording import say

# Where a row stands in its workbook: the columns of form_rows.csv.
TRACE = (
    *("year", "innsending_id", "del", "tjeneste", "sporsmal", "svar"),
    *("ark", "celler"),
)


# What people and programs type around numbers, and cannot see.
SPACES = " \u00a0\u2009\u202f"


Row = dict[str, str]


@dataclass
class Form:
    """A file, what was read from it, or why it was not."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    year: int = 0
    unit: str = ""
    unit_name: str = ""
    submission_id: str = ""
    sha256: str = ""
    submissions: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    trace: list[Row] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    is_known: bool = False

    @property
    def file(self) -> Row:
        """Which workbook it came in: its row of form_files.csv."""
        return {
            "innsending_id": self.submission_id,
            "fil": printable(self.path.name),
            "sha256": self.sha256,
        }

    def refuse(self, code: str, **where: str) -> None:
        """Note a reason for which the form is not read."""
        self.problems.append(Problem(code, **where))


@dataclass
class Sheet:
    """A sheet of person-years as it stands in a workbook."""

    part: Part
    # The box for "no own person-years"; nothing if it is not as it was.
    none: Reply | None
    is_none: bool
    # A service each; nothing where a line cannot be read.
    read: list[Reply | None]


class Cells:
    """Finds the cells of a form, and refuses what is wrong with one."""

    def __init__(
        self,
        project: Path,
        connection: duckdb.DuckDBPyConnection,
        years: Callable[[int], str],
    ) -> None:
        self.project, self.connection = project, connection
        # What is being read, where that year is not.
        self.years = years

    def check_overlaps(self) -> None:
        """Refuse a form of which two named ranges share a cell."""
        seen: dict[tuple[str, str], str] = {}
        for name, found in self.ranges.items():
            for row in found.get("cells", []):
                for cell in row:
                    key = (found["sheet"], cell["cell"])
                    if key in seen:
                        self.refuse_at(
                            "overlap", found, cell, found_text=f"{seen[key]}, {name}"
                        )
                        return
                    seen[key] = name

    def texts_of(self, name: str) -> set[str]:
        """Return the texts in a range, with single spaces."""
        rows = self.ranges.get(name, {}).get("cells", [])
        return {" ".join(cell["text"].split()) for row in rows for cell in row}

    def refuse_at(
        self,
        code: str,
        found: Reply,
        cell: Reply,
        expected: str = "",
        found_text: str | None = None,
    ) -> None:
        """Note a reason that has a place in the workbook."""
        self.form.refuse(
            code,
            sheet=found["sheet"],
            cell=cell["cell"],
            found=cell["text"] if found_text is None else found_text,
            expected=expected,
        )

    def row_of(self, name: str, key: str) -> Reply | None:
        """Return a named row of cells of a sheet; note it if it is not as it was."""
        found = self.ranges.get(name, {})
        cells = found.get("cells", [])
        sheet = self.sheets.get(key, say(f"form.{key}", self.language))
        is_elsewhere = key in self.sheets and found.get("sheet") != sheet
        width = self.structure.ranges[name]
        if [len(row) for row in cells] != [width] or is_elsewhere:
            self.form.refuse(
                "gone",
                found=name,
                sheet=found.get("sheet", sheet),
                cell=found.get("address", ""),
            )
            return None
        if found["merged"]:
            self.refuse_at("merged", found, cells[0][0], found_text=found["merged"])
            return None
        return {**found, "cells": cells[0]}

    def has_text(self, found: Reply, cell: Reply, expected: str) -> bool:
        """Whether a cell still says what it said when it was made."""
        if " ".join(cell["text"].split()) == " ".join(expected.split()):
            return True
        self.refuse_at("changed_text", found, cell, expected)
        return False

    def is_whose(self, key: str) -> bool:
        """Whether a sheet is there, and that of the unit."""
        found = self.row_of(f"{key}_title", key)
        if found is None:
            return False
        self.sheets[key] = found["sheet"]
        cell = found["cells"][0]
        if " ".join(cell["text"].split()) != " ".join(self.title.split()):
            self.refuse_at("other_unit", found, cell, self.title)
            return False
        return True

    def is_there(self, names: Iterable[str]) -> bool:
        """Whether any of a sheet's ranges leads somewhere."""
        return any(self.ranges.get(name, {}).get("cells") for name in names)

    def is_marked(self, found: Reply, cell: Reply) -> bool:
        """Whether there is an x in a cell; note what is neither x nor nothing."""
        text = cell["text"].strip(f"{SPACES}\t\r\n").casefold()
        if text not in ("", "x"):
            self.refuse_at(
                "formula" if cell["kind"] == "formula" else "not_an_x", found, cell
            )
        return text == "x"

    def chosen(self, question: Question, found: Reply, cell: Reply) -> str:
        """Return the code of the answer in a cell; note one that is not in the list."""
        text = " ".join(cell["text"].split()).casefold()
        for answer in question.answers:
            if text in (answer.name_nb.casefold(), answer.name_en.casefold()):
                return answer.answer_code
        if text:
            code = "formula" if cell["kind"] == "formula" else "not_in_list"
            self.refuse_at(code, found, cell)
        return ""


def is_sum_of(total: Reply, cells: list[Reply]) -> bool:
    """Whether a cell holds the formula that adds up the cells before it."""
    first, last = cells[0]["cell"], cells[-1]["cell"]
    formula = total["text"].replace("$", "").replace(" ", "").upper()
    return total["kind"] == "formula" and formula == f"=SUM({first}:{last})"


def remark_of(text: str) -> str:
    """Return a remark as it may stand in a file of submissions."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def printable(name: str) -> str:
    """Return a file's name in which all is text, whatever bytes it has."""
    return "".join(
        c if c.isprintable() else "\ufffd"
        for c in name.encode("utf-8", "replace").decode("utf-8")
    )
