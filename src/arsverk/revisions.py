"""Print what changes from one release to another, before anyone publishes.

    make diff                            what would change if it were published now
    make diff OLD=2026.1 NEW=2026.2      (or: python -m arsverk.revisions 2026.1 2026.2)

Either is a version in ``releases/``, a folder with ``arsverk.duckdb`` in it, or a
DuckDB file. ``SHOW=changelog`` prints the section for CHANGELOG.md. The comparison is
SQL on the ``labelled.published_values`` of both; reasons are those of ``fct_revision``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from arsverk.control import plain
from arsverk.data_package import RECONSTRUCTION
from arsverk.project_sql import query
from arsverk.release_tables import quoted
from arsverk.sheets import write_csv
from arsverk.typed import Parser
from arsverk.working_file import Marts, Row, path_of_working_file, why_not_open

SHOWN = 20


NUMBERS = ("Values", "Mean", "Largest", "Old", "New")


class Section:
    """A table of changes; its last column says why."""

    def __init__(self, headings: tuple[str, ...], rows: list[tuple]) -> None:
        self.headings = (*headings, "Why")
        self.rows = rows


class Changes:
    """What changed, as the marts say it."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, title: str, whole_list: str
    ) -> None:
        self._marts = Marts(connection)
        self.title = title
        # Where all of them are to be found.
        self.whole_list = whole_list
        self.summary = self._marts.rows(query("changes_summary"))
        self.n = sum(row["n"] for row in self.summary)
        self.largest = self._marts.rows(query("changes_largest"), SHOWN)
        self.new_years: list[Row] = []

    def add_new_years(self) -> None:
        """Add the years that only the newer file has."""
        self.new_years = self._marts.rows(query("new_years"))

    def sections(self) -> list[str | Section]:
        """Return what there is to say: sentences and tables, in their order."""
        said: list[str | Section] = [self.title]
        said += [f"New: {row['year']}, {row['n']:,} values." for row in self.new_years]
        if not self.n:
            return [*said, "No published value differs."]
        return [
            *said,
            f"{self.n:,} published values differ.",
            Section(
                ("Series", "Year", "Level", "Figure", "Values", "Mean", "Largest"),
                [
                    (
                        row["series_code"],
                        row["year"],
                        row["region_level"],
                        row["figure_code"],
                        f"{row['n']:,}",
                        row["mean_difference"],
                        row["largest_difference"],
                        row["reasons"] or "",
                    )
                    for row in self.summary
                ],
            ),
            f"The first {len(self.largest)}; all are in `{self.whole_list}`:",
            Section(
                ("Year", "Region", "Measure", "Figure", "Old", "New"),
                [
                    (
                        row["year"],
                        region(row),
                        measure(row),
                        row["figure_code"],
                        row["old_text"],
                        row["new_text"],
                        row["reason"] or "",
                    )
                    for row in self.largest
                ],
            ),
        ]

    def markdown(self) -> str:
        """Return it as a figures section of CHANGELOG.md."""
        blocks = []
        for part in self.sections():
            if isinstance(part, Section):
                lines = [part.headings, ["---"] * len(part.headings), *part.rows]
                part = "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)
            blocks.append(part)
        return "\n\n".join(blocks) + "\n"

    def print(self, console: Console) -> None:
        """Print it as tables."""
        for part in self.sections():
            if isinstance(part, Section):
                table = Table(box=None, pad_edge=False)
                for heading in part.headings:
                    is_number = heading in NUMBERS
                    table.add_column(heading, justify="right" if is_number else "left")
                for row in part.rows:
                    table.add_row(*(plain(shown(value)) for value in row))
                console.print(table)
            else:
                console.print(part, markup=False)
            console.print()


def shown(value: object) -> str:
    """Return a figure, or a dash for one that is not there."""
    return "–" if value is None else str(value)


def cell(value: object) -> str:
    """Return a value as it may stand in a cell of a Markdown table."""
    text = plain(shown(value))
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def region(row: Row) -> str:
    """Return a region's code and name."""
    return f"{row['region_code']} {row['region_name'] or '(no longer there)'}"


def measure(row: Row) -> str:
    """Return a measure, and the target group where it is one of them."""
    group = row["target_group"]
    return row["measure_code"] if group == "all" else f"{row['measure_code']}, {group}"


def write_changes(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write what differs from the release before, for whom the release is.

    Args:
        path: the Markdown file to write.
        connection: to a release's DuckDB file.
    """
    rows = connection.execute(
        """select release_version, released_on, previous_version, is_reconstruction
        from marts.dim_release order by release_number desc limit 1"""
    ).fetchall()
    ((version, released_on, before, is_reconstruction),) = rows
    connection.execute(query("changed_of_one"))
    heading = f"## {version} ({released_on})\n\n### Figures\n\n"
    if before is None:
        text = f"{heading}The first release.{made_up(is_reconstruction)}\n"
    else:
        title = f"{heading}Compared with {before}.{made_up(is_reconstruction)}"
        text = Changes(connection, title, "fct_revision").markdown()
    path.write_text(text, encoding="utf-8")


def find(what: str, root: Path) -> Path:
    """Return the DuckDB file of a version, folder or path.

    Raises:
        FileNotFoundError: there is none.
    """
    if not what:
        raise FileNotFoundError("Say which release: OLD=2026.1")
    tried = []
    for path in (Path(what), root / "releases" / what):
        path = path / "arsverk.duckdb" if path.is_dir() else path
        if path.is_file():
            return path
        tried.append(str(path))
    there = sorted(
        path.name
        for path in (root / "releases").glob("*")
        if path.is_dir() and not path.name.startswith(".")
    )
    raise FileNotFoundError(
        f"There is no release {what}: neither {' nor '.join(tried)} is a file. "
        f"Releases: {', '.join(there) or 'none yet; make publish VERSION=… makes one'}."
    )


def compare(old: Path, new: Path, out: Path) -> Changes:
    """Compare two files' published values, and write all that differ as CSV.

    Raises:
        OSError: one cannot be read, or was made before releases were.
    """
    connection = duckdb.connect()
    for name, path in (("old", old), ("new", new)):
        try:
            fetch(connection, name, path)
        except duckdb.Error as error:
            raise OSError(why_not_open(path, error)) from error
    connection.execute(query("changed_between"))
    changes = Changes(
        connection,
        f"{named(connection, 'old')} → {named(connection, 'new')}."
        + made_up(
            connection.execute(
                """select max_by(is_reconstruction, release_number)
                from new_dim_release"""
            ).fetchone()[0]
        ),
        str(out),
    )
    changes.add_new_years()
    result = connection.execute("select * from changed order by value_key")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_csv(out, [column[0] for column in result.description], result.fetchall())
    return changes


def fetch(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Fetch what is compared from a file, which is open no longer than that.

    The views of a working file work only under the file's own name, so that two
    files of one name cannot be attached.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(str(path), read_only=True) as file,
    ):
        for relation in (
            "labelled.published_values",
            "marts.fct_revision",
            "marts.dim_release",
        ):
            parquet = quoted(f"{folder}/{relation}.parquet")
            file.execute(f"copy (from {relation}) to '{parquet}'")
            table = f"{name}_{relation.split('.')[1]}"
            connection.execute(f"create table {table} as from '{parquet}'")


def made_up(is_reconstruction: bool) -> str:
    """Return what has to be said of figures that rest on no received forms."""
    return f" {RECONSTRUCTION}" if is_reconstruction else ""


def named(connection: duckdb.DuckDBPyConnection, which: str) -> str:
    """Return a file's release in words."""
    version, released_on = connection.execute(
        f"""select release_version, released_on from {which}_dim_release
        order by release_number desc limit 1"""
    ).fetchone()
    return f"{version} ({released_on})" if released_on else version


def main(arguments: list[str] | None = None) -> int:
    """Print what changes; return the exit code, 2 when nothing can be compared."""
    parser = Parser(description="What changes between two releases.")
    parser.add_argument("old", nargs="?", default="published")
    parser.add_argument("new", nargs="?", default=str(path_of_working_file()))
    parser.add_argument("--as", dest="form", choices=("table", "changelog"))
    parser.add_argument("--out", type=Path, default=Path("target/changed_values.csv"))
    options = parser.parse_args(arguments)
    root = Path(os.environ.get("ARSVERK_RELEASES", "."))
    try:
        old = find(
            str(root / "published") if options.old == "published" else options.old, root
        )
        new = find(options.new, root)
        changes = compare(old, new, options.out)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"They cannot be compared: {error}", file=sys.stderr)
        return 2
    if options.form == "changelog":
        changes.title = f"### Figures\n\n{changes.title}"
        print(changes.markdown(), end="")
    else:
        width = None if sys.stdout.isatty() else 120
        changes.print(Console(width=width, highlight=False, emoji=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
