"""The DuckDB file that ``dbt build`` wrote, opened for reading."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import duckdb

from arsverk.wording import say, section

Row = dict[str, Any]


class NotThereError(Exception):
    """What was asked for is not in the file; the message says what is.

    Args:
        text: the message in English.
        nb: the message in Norwegian.
    """

    def __init__(self, text: str, nb: str | None = None) -> None:
        super().__init__(text)
        self._nb = nb or text

    @classmethod
    def of(cls, key: str, **values: object) -> Self:
        """Return the error that a message of the catalogue says."""
        return cls(say(key, "en", **values), say(key, "nb", **values))

    def told(self, language: str) -> str:
        """Return the message in a language."""
        return self._nb if language == "nb" else str(self)


TEXTS = section("file")


class Marts:
    """The marts of a built file, read-only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query, each as a dictionary."""
        result = self._connection.execute(sql, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def year(self, wanted: int | None) -> Row:
        """Return the row of a collection year, by default of the newest.

        Raises:
            NotThereError: the year was not collected.
        """
        years = self.rows("from marts.dim_year order by year")
        for row in reversed(years):
            if wanted in (None, row["year"]):
                return row
        known = ", ".join(str(row["year"]) for row in years)
        raise NotThereError.of(
            "told.no_collection_year_there", wanted=wanted, known=known
        )


def path_of_working_file() -> Path:
    """Return the path of the DuckDB file that ``dbt build`` wrote."""
    return Path(os.environ.get("ARSVERK_DUCKDB") or "target/arsverk.duckdb")


def why_not_open(path: Path, error: Exception, language: str = "en") -> str:
    """Say why a DuckDB file could not be opened or read, and what to do."""
    texts, text = TEXTS[language], str(error)
    if not path.exists():
        return texts["missing"].format(path=path)
    if "lock on file" in text:
        holder = re.search(r"held in (.*?) \(PID (\d+)\)", text)
        who = ""
        if holder:
            program, process = Path(holder[1]).name, holder[2]
            who = texts["by"].format(program=program, process=process)
        return texts["held"].format(path=path, who=who)
    if isinstance(error, duckdb.CatalogException):
        return texts["not_all"].format(path=path)
    return texts["unreadable"].format(path=path, error=text.splitlines()[0])


@contextmanager
def marts(path: Path) -> Iterator[Marts]:
    """Open a built file for reading.

    Raises:
        duckdb.Error: the file is missing, locked or has no marts.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        yield Marts(connection)


def report(work: Callable[[Marts], None], language: str = "nb") -> int:
    """Do something with the marts, tell what is wrong, return the exit code.

    1: what was asked for is not there. 2: the file cannot be read, or what is made
    of it cannot be written.
    """
    path = path_of_working_file()
    try:
        with marts(path) as opened:
            work(opened)
    except NotThereError as error:
        print(error.told(language), file=sys.stderr)
        return 1
    except duckdb.Error as error:
        print(why_not_open(path, error, language), file=sys.stderr)
        return 2
    except OSError as error:
        print(TEXTS[language]["unwritable"].format(error=error), file=sys.stderr)
        return 2
    return 0
