"""Publishes small made-up releases, to be killed, raced and read while it does.

    python publishing.py WORKING_FILE MANIFEST ROOT VERSION NUMBER

Says "ready", waits for a line, publishes, and says what came of it.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from arsverk.release import NotPublishedError, Outcome, Publisher


def green(nodes: dict) -> list[Outcome]:
    """Return the outcomes of a build in which everything went well."""
    return [
        Outcome(key, "pass" if node["resource_type"] == "test" else "success")
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "seed", "test")
    ]


def named(
    source: Path, target: Path, version: str, date: str, published: Path | None = None
) -> Path:
    """Copy a working file and make it one of a release, as its vars would have."""
    shutil.copyfile(source, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute(
            """create temp table this as select * from marts.dim_release
            where release_version = 'unreleased'"""
        )
        connection.execute(
            "delete from marts.dim_release where release_version = 'unreleased'"
        )
        number, before = 1, None
        if published and published.exists():
            connection.execute(
                f"""insert into marts.dim_release
                from '{published}/parquet/dim_release.parquet'"""
            )
            number, before = connection.execute(
                """select max(release_number) + 1,
                    max_by(release_version, release_number) from marts.dim_release"""
            ).fetchone()
        connection.execute(
            """insert into marts.dim_release select * replace (
                $1 as release_version,
                $2 as release_number,
                $3 as released_on,
                'abc1234' as code_commit,
                $4 as previous_version
            ) from this""",
            [version, number, date, before],
        )
        connection.execute(
            """create temp table files as select * replace ($1 as release_version)
            from marts.fct_release_input""",
            [version],
        )
        connection.execute("delete from marts.fct_release_input")
        connection.execute("insert into marts.fct_release_input from files")
    return target


def shrunk(source: Path, target: Path) -> Path:
    """Copy a working file with one year in it, so that publishing takes seconds."""
    shutil.copyfile(source, target)
    with duckdb.connect(str(target)) as connection:
        for (table,) in connection.execute(
            """select table_name from duckdb_columns()
            where schema_name = 'marts' and column_name = 'year'
                and table_name like 'fct_%' and database_name = current_database()"""
        ).fetchall():
            connection.execute(f"delete from marts.{table} where year != 2025")
    return target


def one_page(folder: Path, _: Path) -> None:
    """Write a page in the place of hundreds."""
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html>\n", encoding="utf-8")


def mark(path: Path, number: int) -> None:
    """Put a release's number into several tables, to see which are read together."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"update marts.fct_indicator set n_municipalities = {number}"
        )
        connection.execute(
            f"update marts.fct_collection_status set expected = {number}"
        )


def main() -> int:
    """Publish; return the exit code."""
    source, manifest, root, version, number = sys.argv[1:]
    nodes = json.loads(Path(manifest).read_text(encoding="utf-8"))["nodes"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(source).name
        named(Path(source), file, version, "2026-11-22", Path(root) / "published")
        mark(file, int(number))
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            with duckdb.connect(str(file), read_only=True) as connection:
                Publisher(Path(root)).publish(
                    connection, nodes, green(nodes), pages=one_page
                )
        except NotPublishedError as error:
            print(error, file=sys.stderr)
            return 1
    print("published", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
