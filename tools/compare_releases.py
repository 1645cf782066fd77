"""Say what differs between two releases: no figure and no word moves unnoticed.

    python tools/compare_releases.py releases/2026.1 ../before/releases/2026.1

Of the DuckDB file the tables and views are compared row by row, with their comments; of
workbooks the cells; of pages the text and where links lead; of other files the bytes.
Ends with 1 if anything differs. ``make diff`` says what changes for readers, and why;
this says whether anything at all did, after a change of the code.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import openpyxl

# How many differing files or tables of a kind are named.
NAMED = 5
# Checksums of the other files differ as soon as any of those does in its bytes.
OF_OTHERS = {"SHA256SUMS", "datapackage.json"}


class Words(HTMLParser):
    """The text of a page, and what its elements link to or are called."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a reader is led to or told by an element."""
        told = {"href", "src", "alt", "title", "aria-label", "content", "d"}
        self.found += [f"{name}={value}" for name, value in attrs if name in told]

    def handle_data(self, data: str) -> None:
        """Keep a text, whatever spaces are around it."""
        self.found += data.split()


def page(path: Path) -> list[str]:
    """Return the words of a page."""
    words = Words()
    words.feed(path.read_text(encoding="utf-8"))
    return words.found


def workbook(path: Path) -> list[list[object]]:
    """Return the cells of a workbook, row by row."""
    book = openpyxl.load_workbook(path, read_only=True)
    return [[sheet.title, *row] for sheet in book for row in sheet.values]


def content(path: Path) -> object:
    """Return what is compared of a file."""
    if path.suffix == ".html":
        return page(path)
    if path.suffix == ".xlsx":
        return workbook(path)
    return path.read_bytes()


RELATIONS = """
    select schema_name || '.' || table_name, comment from duckdb_tables()
    where database_name = '{0}'
    union all
    select schema_name || '.' || view_name, comment from duckdb_views()
    where database_name = '{0}' and not internal
    order by all
"""
COMMENTS = """
    select schema_name || '.' || table_name || '.' || column_name, data_type, comment
    from duckdb_columns() where database_name = '{}' and not internal
"""


def relations(one: Path, other: Path) -> Iterator[tuple[str, bool]]:
    """Yield the tables and views of two DuckDB files, and whether they are equal."""
    connection = duckdb.connect()
    for name, path in (("a", one), ("b", other)):
        connection.execute(f"attach '{path}' as {name} (read_only)")
    ours, theirs = (
        dict(connection.execute(RELATIONS.format(name)).fetchall())
        for name in ("a", "b")
    )
    for name in sorted({*ours, *theirs}):
        if name in ours and name in theirs:
            ((n,),) = connection.execute(
                f"""select count(*) from (
                    (from a.{name} except all from b.{name}) union all
                    (from b.{name} except all from a.{name})
                )"""
            ).fetchall()
            yield name, n == 0
            yield f"what is said of {name}", ours[name] == theirs[name]
        else:
            yield name, False
    columns = [
        set(connection.execute(COMMENTS.format(name)).fetchall()) for name in ("a", "b")
    ]
    yield "columns and what is said of them", columns[0] == columns[1]


def compared(one: Path, other: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield kind, name and whether it is equal, of all that either release holds."""
    names = {
        path.relative_to(root).as_posix()
        for root in (one, other)
        for path in root.rglob("*")
        if path.is_file()
    }
    for name in sorted(names - OF_OTHERS):
        kind = name.rpartition(".")[2] if "." in name else "other"
        both = [one / name, other / name]
        if not all(path.is_file() for path in both):
            yield kind, name, False
        elif name == "arsverk.duckdb":
            for relation, is_equal in relations(*both):
                yield "duckdb", relation, is_equal
        elif kind != "duckdb":
            yield kind, name, content(both[0]) == content(both[1])


def main() -> int:
    """Compare the releases that were named, and print a line for each kind."""
    one, other = (Path(argument) for argument in sys.argv[1:])
    equal, different = Counter[str](), dict[str, list[str]]()
    for kind, name, is_equal in compared(one, other):
        equal[kind] += is_equal
        if not is_equal:
            different.setdefault(kind, []).append(name)
    for kind in sorted({*equal, *different}):
        names = different.get(kind, [])
        print(f"{kind:<8} {equal[kind]:>5} equal {len(names):>5} different", end="")
        print("".join(f"\n    {n}" for n in names[:NAMED]))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
