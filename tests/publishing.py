"""Publishes small made-up releases, to be killed, raced and read while it does.

    python publishing.py

Reads one release a line, as JSON, and publishes each in a process of its own, in which
all is imported already. That says "ready" and its number in a pipe, waits for a line in
another one, publishes, and says what came of it; with a step, it kills itself right
before that.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Collection
from pathlib import Path
from typing import TextIO

import duckdb

from arsverk import release
from arsverk.release import Publisher
from arsverk.release_checks import NotPublishedError, Outcome


def green(nodes: dict) -> list[Outcome]:
    """Return the outcomes of a build in which everything went well."""
    return [
        Outcome(key, "pass" if node["resource_type"] == "test" else "success")
        for key, node in nodes.items()
        if node["resource_type"] in ("model", "seed", "test")
    ]


def named(
    source: Path,
    target: Path,
    version: str,
    date: str | None,
    published: Path | None = None,
) -> Path:
    """Copy a working file and make it one of a release, as its vars would have."""
    shutil.copyfile(source, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute(
            """create temp table this as select * from marts.dim_release
            order by release_number desc limit 1"""
        )
        connection.execute(
            """delete from marts.dim_release
            where release_version in (select release_version from this)"""
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


# What a release cannot be without, what is read while it is published (reading.py), and
# all that the keys of these lead to.
FEW = {
    *("dim_measure", "dim_obs_status", "dim_region", "dim_release", "dim_series"),
    *("dim_target_group", "dim_year", "fct_collection_status", "fct_indicator"),
    *("fct_release_input", "fct_revision"),
    "indicator",
}
# What other tables lead to keeps all its rows of the year.
LED_TO = "fct_submission"


def shrunk(
    source: Path, target: Path, most_rows: int = 3_000, of: Collection[str] = ()
) -> Path:
    """Write a working file with some rows of one year, so that publishing is quick.

    It has all marts and their labelled views, or a few of them.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{source}' as {source.stem} (read_only)")
        connection.execute(f"attach '{target}' as small")
        connection.execute(f"copy from database {source.stem} to small (schema)")
        for schema, table, is_view, has_year in connection.execute(
            """select schema_name, name, is_view, bool_or(column_name = 'year')
            from (
                select schema_name, table_name as name, false as is_view
                from duckdb_tables() where database_name = $1
                union all
                select schema_name, view_name, true
                from duckdb_views() where database_name = $1 and not internal
            )
            inner join duckdb_columns() using (schema_name)
            where database_name = $1 and table_name = name
            group by all""",
            [source.stem],
        ).fetchall():
            if schema not in ("marts", "labelled") or (of and table not in of):
                kind = "view" if is_view else "table"
                connection.execute(f"drop {kind} small.{schema}.{table}")
            elif not is_view:
                is_fact = has_year and not table.startswith("dim_")
                of_year = "where year = 2025" if is_fact else ""
                most = f"limit {most_rows}" if is_fact and table != LED_TO else ""
                connection.execute(
                    f"""insert into small.{schema}.{table}
                    from {source.stem}.{schema}.{table} {of_year} {most}"""
                )
    return target


def only_few(nodes: dict) -> dict:
    """Return the nodes of a project that has a few marts only."""

    def is_left_out(node: dict) -> bool:
        return node["schema"] in ("marts", "labelled") and node["alias"] not in FEW

    out = {key for key, node in nodes.items() if is_left_out(node)}
    return {
        key: node
        for key, node in nodes.items()
        if key not in out and node.get("attached_node") not in out
    }


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


# Where a publisher can be killed, in the order of what it does: when the release has
# its name, and when the link leads to it, the system is told to write that down.
STEPS = (
    *("write_parquet", "write_duckdb", "write_csv", "write_checksums", "verify"),
    *("make_durable", "sync releases", "replace", "sync root"),
)


def kill_before(step: str, root: Path) -> None:
    """Let this process be killed when it comes to a step."""
    name, _, folder = step.partition(" ")
    at = {"releases": root / "releases", "root": root}.get(folder)
    module = os if name == "replace" else release
    function = getattr(module, name)

    def called(*arguments: object) -> object:
        if at is None or arguments == (at,):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments)

    setattr(module, name, called)


def publish(
    heard: TextIO, said: TextIO, source: Path, nodes: Path, root: Path, number: int
) -> None:
    """Publish v1, v2 …"""
    described = json.loads(nodes.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / source.name
        named(source, file, f"v{number}", "2026-11-22", root / "published")
        mark(file, number)
        print("ready", os.getpid(), file=said, flush=True)
        heard.readline()
        with duckdb.connect(str(file), read_only=True) as connection:
            Publisher(root).publish(
                connection, described, green(described), pages=one_page
            )


def serve(asked: dict) -> None:
    """Publish, and say that it worked or why not."""
    with open(asked["go"]) as heard, open(asked["told"], "w") as said:
        source, nodes, root = (Path(asked[x]) for x in ("source", "nodes", "root"))
        try:
            if asked["step"]:
                kill_before(asked["step"], root.resolve())
            publish(heard, said, source, nodes, root, asked["number"])
        except NotPublishedError as error:
            print(" ".join(str(error).split()), file=said)
        except BaseException:
            print(traceback.format_exc(), file=said)
        else:
            print("published", file=said)


def main() -> None:
    """Start a process for each line."""
    # Nobody waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            serve(json.loads(line))
            os._exit(0)


if __name__ == "__main__":
    main()
