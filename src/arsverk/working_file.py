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
        first, last = years[0]["year"], years[-1]["year"]
        raise NotThereError(
            f"{wanted} is no collection year; the years are {first} to {last}."
        )


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
        print("Run `make build` first.", file=sys.stderr)
        return 1
    return 0
