"""The pages of the demo for tests, pages of other figures, and reading them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from arsverk.site import build as building
from arsverk.site.build import write_site
from arsverk.site.content import LEVELS
from arsverk.site.edition import Page, path_of_region
from arsverk.site.pages import Pages

# One page of each kind in each language; those that differ from the usual as well.
KINDS = [
    "index.html",
    "kommuner.html",
    "kvalitet.html",
    "rapport.html",
    "kommune/4601.html",
    "kommune/0301.html",
    "fylke/46.html",
    "fylke/30.html",
    "bydel/030101.html",
    "en/index.html",
    "en/places.html",
    "en/quality.html",
    "en/report.html",
    "en/municipality/4601.html",
    "en/municipality/0301.html",
    "en/county/46.html",
    "en/county/30.html",
    "en/district/030101.html",
]
NARROW = "\u202f"


class Site:
    """Pages, the release they are made from, and the way to both."""

    def __init__(self, folder: Path, release: Path) -> None:
        self.folder, self.release = folder, release

    def text(self, page: str) -> str:
        """Return a page's HTML."""
        return (self.folder / page).read_text(encoding="utf-8")

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the file that the pages are made from."""
        with duckdb.connect(str(self.release / "arsverk.duckdb"), read_only=True) as c:
            return c.execute(sql).fetchall()


@contextmanager
def empty_workbooks() -> Iterator[None]:
    """Leave the workbooks beside pages empty, which take longer than few pages do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "write_workbook", lambda path, *_: path.touch())
        yield


def write_some(
    folder: Path,
    release: Path,
    *pages: str,
    told: Callable[[int, int], object] = lambda done, of: None,
    workbooks: bool = False,
) -> int:
    """Write a few pages, where not all are needed; return how many."""

    def some(self: Pages) -> Iterator[Page]:
        for page in (
            *(self.indicator_page(), self.places_page()),
            *(self.quality_page(), self.report_page()),
        ):
            if page.path in pages:
                yield page
        for level in LEVELS:
            for region in self.content.pages_of(level):
                path = path_of_region(self.language, level, region["region_code"])
                if path in pages:
                    yield self.region_page(region)

    quick = nullcontext() if workbooks else empty_workbooks()
    with quick, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pages, "all", some)
        assert write_site(folder, release, told) == len(pages)
    return len(pages)


def write_kinds(
    folder: Path,
    release: Path,
    told: Callable[[int, int], object] = lambda done, of: None,
    workbooks: bool = False,
) -> int:
    """Write one page of each kind, in the place of hundreds; return how many."""
    return write_some(folder, release, *KINDS, told=told, workbooks=workbooks)


def spoiled(release: Path, folder: Path, *statements: str) -> Path:
    """Copy what pages are made from, with other contents in its DuckDB file.

    Tables that no statement names are read where they are.
    """
    folder.mkdir()
    for name in ("csv", "csv-excel-nb", "json-stat", "parquet"):
        (folder / name).symlink_to(release / name)
    changed = set(re.findall(r"marts\.(\w+)", " ".join(statements)))
    # Without keys, so that any table can be changed.
    with duckdb.connect(str(folder / "arsverk.duckdb")) as connection:
        connection.execute(f"attach '{release / 'arsverk.duckdb'}' as old (read_only)")
        connection.execute("create schema marts; create schema labelled")
        for (table,) in connection.execute(
            """select table_name from duckdb_tables()
            where database_name = 'old' and schema_name = 'marts'"""
        ).fetchall():
            kind = "table" if table in changed else "view"
            connection.execute(
                f"""create {kind} marts.{table} as
                from read_parquet('{release}/parquet/{table}.parquet')"""
            )
        for (sql,) in connection.execute(
            """select sql from duckdb_views()
            where database_name = 'old' and schema_name = 'labelled'"""
        ).fetchall():
            connection.execute(sql.replace("old.", ""))
        connection.execute("detach old")
        for statement in statements:
            connection.execute(statement)
    return folder


@dataclass
class Found:
    """What a page holds, read as HTML."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    inline_scripts: int = 0
    inline_styles: int = 0


class Reader(HTMLParser):
    """Reads what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Found()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a tag."""
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            self.found.attributes.append((tag, name, value))
            if name in ("href", "src", "data-page"):
                self.found.links.append(value)
            if name == "id":
                self.found.ids.append(value)
        self.found.inline_scripts += tag == "script" and "src" not in given
        self.found.inline_styles += tag == "style" or "style" in given


def read(text: str) -> Found:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(text)
    return reader.found


def rows_of(text: str, table: str) -> list[list[str]]:
    """Return the cells of a table of a page."""
    part = re.search(rf'id="table-{table}">(.*?)</table>', text, re.DOTALL).group(1)
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", part, re.DOTALL)
    ]


def figures_of(text: str) -> list[str]:
    """Return the figures of a page."""
    return re.findall(r"<figure.*?</figure>", text, re.DOTALL)
