"""What differs between two releases is named, whatever kind of file it is in."""

import shutil
from pathlib import Path

import duckdb
import pytest

import compare_releases

PAGE = '<p title="{}">Årsverk <a href="b.html">{}</a></p>'


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders that are the same."""
    one, other = tmp_path / "one", tmp_path / "other"
    (one / "pages").mkdir(parents=True)
    (one / "pages" / "a.html").write_text(PAGE.format("her", "2,8"), encoding="utf-8")
    (one / "a.csv").write_text("fte\n2.8\n", encoding="utf-8")
    with duckdb.connect(str(one / "arsverk.duckdb")) as file:
        file.execute("create schema marts; create table marts.fct_a as select 1 as fte")
        file.execute("comment on table marts.fct_a is 'said'")
    shutil.copytree(one, other)
    return one, other


def different(one: Path, other: Path) -> list[str]:
    return [
        name for _, name, equal in compare_releases.compared(one, other) if not equal
    ]


def test_a_release_is_the_same_as_its_copy(releases: tuple[Path, Path]) -> None:
    one, other = releases
    path = other / "pages" / "a.html"
    # Where lines end moves no word.
    path.write_text(path.read_text("utf-8").replace(" <a", "\n  <a"), encoding="utf-8")
    assert different(one, other) == []


def test_what_differs_is_named(releases: tuple[Path, Path]) -> None:
    one, other = releases
    (other / "pages" / "a.html").write_text(PAGE.format("der", "2,8"), encoding="utf-8")
    (other / "a.csv").write_text("fte\n2.9\n", encoding="utf-8")
    (one / "gone.md").write_text("", encoding="utf-8")
    with duckdb.connect(str(other / "arsverk.duckdb")) as file:
        file.execute("update marts.fct_a set fte = 2")
        file.execute("comment on table marts.fct_a is 'said otherwise'")
        file.execute("comment on column marts.fct_a.fte is 'new'")
        file.execute("create view marts.more as select 1 as n")
    assert different(one, other) == [
        "a.csv",
        "marts.fct_a",
        "what is said of marts.fct_a",
        "marts.more",
        "columns and what is said of them",
        "gone.md",
        "pages/a.html",
    ]
