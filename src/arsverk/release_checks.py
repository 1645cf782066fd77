"""What is checked of a build before, and of a release after it was written."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from arsverk.catalog import Catalog
from arsverk.release_tables import quoted

GREEN = ("success", "pass", "no-op")


class NotPublishedError(Exception):
    """Nothing was published; the message says why and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What a build's node ended with."""

    node: str
    status: str


def check_outcomes(nodes: Mapping[str, Any], outcomes: Iterable[Outcome]) -> None:
    """Refuse a build that is not whole, or not green.

    Raises:
        NotPublishedError: a node failed, warned, was skipped or was not run.
    """
    outcomes = list(outcomes)
    wrong = [o for o in outcomes if o.status not in GREEN]
    if wrong:
        named = "".join(f"\n  {o.status}: {o.node}" for o in wrong[:10])
        raise NotPublishedError(
            f"Nothing was published: {len(wrong)} nodes are not green.{named}"
        )
    expected = {
        key
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "seed", "test")
    }
    missing = sorted(expected - {o.node for o in outcomes})
    if missing or not expected:
        named = "".join(f"\n  {node}" for node in missing[:10])
        raise NotPublishedError(
            "Nothing was published: only a whole build is, without --select and "
            f"--exclude. {len(missing)} nodes were not run.{named}"
        )


def files_of(folder: Path) -> list[Path]:
    """Return the files of a release, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS, which `sha256sum --check` reads."""
    lines = [
        f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in files_of(folder)
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def read_checksums(folder: Path) -> dict[str, str]:
    """Return the checksums of a release, by file."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def reproducible(folder: Path) -> dict[str, str]:
    """Return the checksums of the files that are the same whenever they are made.

    DuckDB leaves bytes without meaning in its files; what such a file holds is
    that of the Parquet files.
    """
    return {
        name: digest
        for name, digest in read_checksums(folder).items()
        if not name.endswith(".duckdb")
    }


def checksums_as_written(folder: Path) -> dict[str, str]:
    """Return the same of a folder that may be anything."""
    try:
        return reproducible(folder)
    except (OSError, ValueError):
        return {}


def verify(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Open what was written as a reader would, and hold it against the build.

    Raises:
        NotPublishedError: a file, row, key or checksum is not as it should be.
    """
    wrong = [f"{path.name} lies beside the files" for path in folder.rglob("*.wal")]
    for name, digest in read_checksums(folder).items():
        if sha256(folder / name) != digest:
            wrong.append(f"{name} has another checksum than a moment ago")
    with tempfile.TemporaryDirectory() as elsewhere:
        # From a copy, as somebody who fetches the file.
        copy = shutil.copyfile(
            folder / "arsverk.duckdb", Path(elsewhere) / "copy.duckdb"
        )
        with duckdb.connect(str(copy), read_only=True) as reader:
            wrong += verify_tables(folder, reader, connection, catalog)
    wrong += [f"{path.name} was left behind" for path in folder.rglob("*.wal")]
    if wrong:
        raise NotPublishedError("Nothing was published:\n  " + "\n  ".join(wrong))


def verify_tables(
    folder: Path,
    reader: duckdb.DuckDBPyConnection,
    connection: duckdb.DuckDBPyConnection,
    catalog: Catalog,
) -> list[str]:
    """Return what is not as it should be in the tables of a release."""
    wrong = []

    def count(who: duckdb.DuckDBPyConnection, relation: str) -> int:
        return who.execute(f"select count(*) from {relation}").fetchone()[0]

    found = {
        name
        for (name,) in reader.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    }
    if found != {table.name for table in catalog.tables}:
        wrong.append("arsverk.duckdb does not hold the tables of the marts")
        return wrong
    place = quoted(folder)
    for table in catalog.tables:
        n_rows = count(connection, f"marts.{table.name}")
        relations = {
            "arsverk.duckdb": f"marts.{table.name}",
            "Parquet": f"'{place}/parquet/{table.name}.parquet'",
            "CSV": "read_csv("
            f"'{place}/csv/{table.name}.csv', all_varchar = true, header = true, "
            "delim = ',', quote = '\"', escape = '\"', strict_mode = true)",
            "CSV for Excel": "read_csv("
            f"'{place}/csv-excel-nb/{table.name}.csv', all_varchar = true, "
            "header = true, delim = ';', quote = '\"', escape = '\"', "
            "strict_mode = true)",
        }
        for what, relation in relations.items():
            n_found = count(reader, relation)
            if n_found != n_rows:
                wrong.append(
                    f"{what} has {n_found} rows of {table.name}, the build {n_rows}"
                )
        parquet = relations["Parquet"]
        differing = count(
            connection,
            f"""(
                (from marts.{table.name} except all from {parquet})
                union all
                (from {parquet} except all from marts.{table.name})
            )""",
        )
        if differing:
            wrong.append(f"Parquet holds other rows of {table.name} than the build")
        keys = reader.execute(
            """select constraint_type, count(*) from duckdb_constraints()
            where schema_name = 'marts' and table_name = ?
                and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
            group by all""",
            [table.name],
        ).fetchall()
        expected = {"PRIMARY KEY": 1, "FOREIGN KEY": len(table.foreign_keys)}
        if dict(keys) != {kind: n for kind, n in expected.items() if n}:
            wrong.append(f"{table.name} does not declare its keys")
    for view in catalog.views:
        if count(reader, view.full_name) != count(connection, view.full_name):
            wrong.append(f"{view.full_name} has other rows than the build")
    return wrong
