"""What a build's marts are: tables, columns, keys, and the release they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb


@dataclass(frozen=True)
class Column:
    """A column, with its DuckDB type and what it holds."""

    name: str
    type: str
    description: str

    @property
    def is_text(self) -> bool:
        """Whether it holds text."""
        return self.type == "VARCHAR"

    @property
    def is_decimal(self) -> bool:
        """Whether it holds decimal numbers."""
        return self.type.startswith("DECIMAL")


@dataclass(frozen=True)
class ForeignKey:
    """Columns that lead to a row of another table, or are empty."""

    columns: tuple[str, ...]
    table: str
    to_columns: tuple[str, ...]
    may_be_empty: bool


@dataclass(frozen=True)
class Table:
    """A mart."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def full_name(self) -> str:
        """Its name with its schema."""
        return f"marts.{self.name}"


@dataclass(frozen=True)
class View:
    """A view on the marts."""

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]
    sql: str

    @property
    def full_name(self) -> str:
        """Its name with its schema."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Release:
    """Which release a build makes."""

    version: str
    date: date | None
    commit: str | None
    previous_version: str | None
    is_reconstruction: bool
    # What is made up, year by year, in each language; empty for received figures.
    provenance_nb: tuple[str, ...]
    provenance_en: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """The marts of a build. Every table stands after those its keys lead to."""

    release: Release
    tables: tuple[Table, ...]
    views: tuple[View, ...]


def read_catalog(
    connection: duckdb.DuckDBPyConnection, nodes: Mapping[str, Any]
) -> Catalog:
    """Read the marts of a working file; foreign keys are those that dbt tests.

    Only what this project's models made: dbt leaves behind what a removed model, or
    another branch, has made before.

    Raises:
        LookupError: a model's table or view is not there.
    """
    foreign_keys = tested_foreign_keys(nodes)
    tables = []
    for name, description in found_of(
        models_of(nodes, "marts"),
        connection.execute(
            """select table_name, comment from duckdb_tables()
            where schema_name = 'marts' and database_name = current_database()
            order by table_name"""
        ).fetchall(),
    ):
        (primary_key,) = connection.execute(
            """select constraint_column_names from duckdb_constraints()
            where schema_name = 'marts' and database_name = current_database()
                and table_name = ? and constraint_type = 'PRIMARY KEY'""",
            [name],
        ).fetchone()
        tables.append(
            Table(
                name,
                description,
                read_columns(connection, "marts", name),
                tuple(primary_key),
                tuple(foreign_keys.get(name, ())),
            )
        )
    return Catalog(
        read_release(connection),
        referred_first(tables),
        read_views(connection, models_of(nodes, "labelled")),
    )


def models_of(nodes: Mapping[str, Any], schema: str) -> set[str]:
    """Return the names of the relations that models make in a schema."""
    return {
        node["alias"]
        for node in nodes.values()
        if node["resource_type"] == "model" and node["schema"] == schema
    }


def found_of(names: set[str], rows: list[tuple]) -> list[tuple]:
    """Return the rows whose first value is a name, of which none may be missing."""
    found = [row for row in rows if row[0] in names]
    if missing := names - {row[0] for row in found}:
        raise LookupError(f"The build left no {', '.join(sorted(missing))}.")
    return found


def read_columns(
    connection: duckdb.DuckDBPyConnection, schema: str, relation: str
) -> tuple[Column, ...]:
    """Read the columns of a table or view, in their order."""
    return tuple(
        Column(*row)
        for row in connection.execute(
            """select column_name, data_type, comment from duckdb_columns()
            where schema_name = ? and database_name = current_database()
                and table_name = ?
            order by column_index""",
            [schema, relation],
        ).fetchall()
    )


def read_views(
    connection: duckdb.DuckDBPyConnection, names: set[str]
) -> tuple[View, ...]:
    """Read the labelled views, free of the name of the working file."""
    (database,) = connection.execute("select current_database()").fetchone()
    quoted = re.escape(database)
    return tuple(
        View(
            "labelled",
            name,
            comment,
            read_columns(connection, "labelled", name),
            re.sub(rf'(?:\b{quoted}|"{quoted}")\.(?=marts\.)', "", sql),
        )
        for name, comment, sql in found_of(
            names,
            connection.execute(
                """select view_name, comment, sql from duckdb_views()
                where schema_name = 'labelled' and database_name = current_database()
                order by view_name"""
            ).fetchall(),
        )
    )


def read_release(connection: duckdb.DuckDBPyConnection) -> Release:
    """Read which release the newest row is."""
    row = connection.execute(
        """select release_version, released_on, code_commit, previous_version,
            is_reconstruction
        from marts.dim_release order by release_number desc limit 1"""
    ).fetchone()
    version, released_on, commit, previous_version, is_reconstruction = row
    provenance = connection.execute(
        """select provenance_nb, provenance_en from marts.dim_year
        where provenance_nb is not null order by year"""
    ).fetchall()
    provenance = list(dict.fromkeys(provenance))
    return Release(
        version,
        released_on,
        commit,
        previous_version,
        is_reconstruction,
        tuple(nb for nb, _ in provenance),
        tuple(en for _, en in provenance),
    )


def tested_foreign_keys(nodes: Mapping[str, Any]) -> dict[str, list[ForeignKey]]:
    """Return the keys of the tests `foreign_keys`, by table."""
    found: dict[str, list[ForeignKey]] = {}
    for _, node in sorted(nodes.items()):
        test = node.get("test_metadata") or {}
        if test.get("name") != "foreign_keys":
            continue
        table = nodes[node["attached_node"]]["name"]
        for key in test["kwargs"]["keys"]:
            (to,) = re.findall(r"^ref\('(\w+)'\)$", key["to"])
            columns = tuple(key["columns"])
            found.setdefault(table, []).append(
                ForeignKey(
                    columns,
                    to,
                    tuple(key.get("to_columns", columns)),
                    key.get("may_be_empty", False),
                )
            )
    return found


def referred_first(tables: list[Table]) -> tuple[Table, ...]:
    """Put every table after those that its foreign keys lead to.

    Raises:
        ValueError: keys lead round in a circle.
    """
    waiting = {table.name: table for table in tables}
    placed: dict[str, Table] = {}
    while waiting:
        ready = [
            table
            for table in waiting.values()
            if not ({key.table for key in table.foreign_keys} & waiting.keys())
        ]
        if not ready:
            raise ValueError(f"Keys lead in a circle: {', '.join(waiting)}")
        for table in ready:
            placed[table.name] = waiting.pop(table.name)
    return tuple(placed.values())
