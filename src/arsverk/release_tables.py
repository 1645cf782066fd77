"""The tables of a release: Parquet, DuckDB with keys and comments, CSV.

Everything is written by DuckDB, in the order of the primary key and by one thread,
so that the same figures give the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from arsverk.catalog import Catalog, Column, Table, View

# A text in a cell of a spreadsheet is defused as in arsverk.sheets.
RUNS = r"^[ \x{00A0}]*[=+\-@\t\r\n\x00]"
AFTER_SEPARATOR = r'([;,|\t\r\n][ \x{00A0}"]*)([=+\-@])'
UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]"
# Whether there is anything to do is one look, which nearly all texts end with.
ANYTHING = f"{RUNS}|{AFTER_SEPARATOR}|{UNPRINTABLE}"


def write_parquet(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Write every table of a working file as Parquet."""
    (folder / "parquet").mkdir()
    cursor = connection.cursor()
    threads = cursor.execute("select current_setting('threads')").fetchone()[0]
    cursor.execute("set threads = 1")
    try:
        for table in catalog.tables:
            cursor.execute(
                f"""copy (
                    select * from {table.full_name} order by {key_of(table)}
                ) to '{quoted(folder / "parquet" / table.name)}.parquet'
                (format parquet, compression zstd)"""
            )
    finally:
        cursor.execute(f"set threads = {threads}")


def write_duckdb(folder: Path, catalog: Catalog) -> None:
    """Write the DuckDB file from the Parquet files, readable since DuckDB 1.0."""
    path = folder / "arsverk.duckdb"
    with duckdb.connect(
        str(path), config={"storage_compatibility_version": "v1.0.0", "threads": 1}
    ) as connection:
        connection.execute("create schema marts")
        for table in catalog.tables:
            connection.execute(definition(table))
            connection.execute(
                f"""insert into {table.full_name}
                from '{quoted(folder / "parquet" / table.name)}.parquet'"""
            )
            describe(connection, "table", table)
        for view in catalog.views:
            connection.execute(f"create schema if not exists {view.schema}")
            connection.execute(view.sql)
            describe(connection, "view", view)
        connection.execute("checkpoint")


def definition(table: Table) -> str:
    """Return the SQL that makes a table with its keys."""
    lines = [f"{column.name} {column.type}" for column in table.columns]
    lines.append(f"primary key ({key_of(table)})")
    lines += [
        f"foreign key ({', '.join(key.columns)}) "
        f"references marts.{key.table} ({', '.join(key.to_columns)})"
        for key in table.foreign_keys
    ]
    return f"create table {table.full_name} (\n" + ",\n".join(lines) + "\n)"


def describe(
    connection: duckdb.DuckDBPyConnection, kind: str, relation: Table | View
) -> None:
    """Put descriptions where BI tools show them, written to the disk together."""
    connection.execute("begin")
    connection.execute(
        f"comment on {kind} {relation.full_name} is '{quoted(relation.description)}'"
    )
    for column in relation.columns:
        connection.execute(
            f"comment on column {relation.full_name}.{column.name} "
            f"is '{quoted(column.description)}'"
        )
    connection.execute("commit")


def write_csv(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Write every table as CSV in both dialects.

    ``csv``: UTF-8, comma, decimal point. ``csv-excel-nb``: what Excel in Norwegian
    opens by a double click: semicolon, decimal comma, byte order mark.
    """
    connection.execute("set threads = 1")
    for name, delimiter, cell in (
        ("csv", ",", international),
        ("csv-excel-nb", ";", norwegian),
    ):
        (folder / name).mkdir()
        for table in catalog.tables:
            cells = [f"{cell(c)} as {c.name}" for c in table.columns]
            if name == "csv-excel-nb":
                first = table.columns[0]
                cells[0] = f'{cell(first)} as "\ufeff{first.name}"'
            connection.execute(
                f"""copy (
                    select {", ".join(cells)} from {table.full_name} as t
                    order by {key_of(table, "t.")}
                ) to '{quoted(folder / name / table.name)}.csv'
                (format csv, header, delimiter '{delimiter}', quote '"', escape '"')"""
            )


def international(column: Column) -> str:
    """Return a cell of the international dialect as SQL."""
    if column.is_text:
        return defused(f"t.{column.name}")
    if column.type == "TIMESTAMP":
        return f"replace(cast(t.{column.name} as varchar), ' ', 'T')"
    return f"t.{column.name}"


def norwegian(column: Column) -> str:
    """Return a cell of the Norwegian dialect as SQL: numbers with a comma."""
    if column.is_decimal:
        return f"replace(cast(t.{column.name} as varchar), '.', ',')"
    return international(column)


def defused(text: str) -> str:
    """Return a text in which nothing can run in a spreadsheet, as SQL."""
    return (
        f"case when not regexp_matches({text}, '{ANYTHING}') then {text} "
        f"else regexp_replace(regexp_replace("
        f"case when regexp_matches({text}, '{RUNS}') then '''' else '' end || {text}, "
        f"'{AFTER_SEPARATOR}', '\\1''\\2', 'g'), "
        f"'{UNPRINTABLE}', '\ufffd', 'g') end"
    )


def key_of(table: Table, prefix: str = "") -> str:
    """Return the columns of the primary key as SQL."""
    return ", ".join(prefix + name for name in table.primary_key)


def quoted(text: object) -> str:
    """Return a text as it may stand between single quotes in SQL."""
    return str(text).replace("'", "''")
