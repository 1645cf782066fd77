"""The DuckDB file that ``dbt build`` wrote, opened for reading."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]


class NotThereError(Exception):
    """What was asked for is not in the file; the message says what is."""


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
        raise NotThereError(f"{wanted} is no collection year; there are {known}.")


def path_of_working_file() -> Path:
    """Return the path of the DuckDB file that ``dbt build`` wrote."""
    return Path(os.environ.get("ARSVERK_DUCKDB", "target/arsverk.duckdb"))


@contextmanager
def marts(path: Path) -> Iterator[Marts]:
    """Open a built file for reading.

    Raises:
        duckdb.Error: the file is missing, locked or has no marts.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        yield Marts(connection)


def report(work: Callable[[Marts], None]) -> int:
    """Do something with the marts, tell what is wrong, return the exit code."""
    path = path_of_working_file()
    try:
        with marts(path) as opened:
            work(opened)
    except NotThereError as error:
        print(error, file=sys.stderr)
        return 1
    except duckdb.Error as error:
        print(f"{path} cannot be read: {error}", file=sys.stderr)
        print(
            "Run `make build` first, and close programs that hold the file.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(f"It could not be written: {error}", file=sys.stderr)
        return 1
    return 0
