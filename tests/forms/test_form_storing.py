"""Files of received forms: they agree, whatever stops whoever reads."""

import csv
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from arsverk.__main__ import main
from arsverk.form.cells import Form
from arsverk.form.intake import read_forms
from arsverk.form.storing import known_forms, store
from compiled_project import read_manifest
from conftest import ROOT, Build
from filled_forms import BERGEN, OSLO, QUIET, change, fill, write


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> list[Form]:
    """Read forms of two units, one of them with an answer to a question."""
    folder = tmp_path_factory.mktemp("forms")
    bergen = fill(write(folder, BERGEN), B8=2.5)
    change(bergen, lambda book: book["Spørsmål"].__setitem__("B6", "Uendret"))
    paths = [bergen, fill(write(folder, OSLO), B8=3)]
    found = read_forms(paths, ROOT, QUIET)
    assert not any(form.problems for form in found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of submissions in which no form was read yet."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("form_rows.csv", "form_files.csv"):
        shutil.copy(ROOT / "seeds" / "submissions" / name, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_what_is_known_is_whole(folder: Path, forms: list[Form]) -> None:
    """A workbook that is in the list has all its rows, and their places."""
    known = known_forms(folder)
    for form in forms:
        if form.submission_id not in known:
            continue
        for name, expected in (
            ("submissions_2026.csv", form.submissions),
            ("answers_2026.csv", form.answers),
            ("form_rows.csv", form.trace),
        ):
            rows = rows_of(folder / name) if expected else []
            found = [r for r in rows if r["innsending_id"] == form.submission_id]
            assert found == expected, name


# --- One row a workbook -----------------------------------------------------------


def test_a_workbook_has_one_row_of_its_own(forms: list[Form], folder: Path) -> None:
    """Its name and checksum stand once, and no row repeats them."""
    store(forms, folder, ROOT)
    files = rows_of(folder / "form_files.csv")
    assert [row["innsending_id"] for row in files] == sorted(
        form.submission_id for form in forms
    )
    assert {row["sha256"] for row in files} == {form.sha256 for form in forms}
    assert {row["fil"] for row in files} == {form.path.name for form in forms}
    others = contents(folder)
    del others["form_files.csv"]
    for form in forms:
        for name, text in others.items():
            assert form.path.name.encode() not in text, name
            assert form.sha256.encode() not in text, name


def test_the_build_holds_workbooks_and_rows_against_each_other(
    forms: list[Form], folder: Path, build: Build
) -> None:
    """The seeds' own tests, as dbt compiled them, on what was read and then broken."""
    store(forms, folder, ROOT)
    nodes = read_manifest(build.manifest)["nodes"].values()
    tests = {
        node["name"]: node["compiled_code"]
        for node in nodes
        if (node.get("attached_node") or "").endswith((".form_files", ".form_rows"))
    }
    assert len(tests) == 5

    def failing(change: str = "select 1") -> set[str]:
        with duckdb.connect() as connection:
            connection.execute("attach ':memory:' as arsverk")
            connection.execute("create schema arsverk.raw")
            for name in ("form_files", "form_rows"):
                connection.execute(
                    f"""create table arsverk.raw.{name} as
                    from read_csv('{folder}/{name}.csv', all_varchar = true)"""
                )
            connection.execute(change)
            return {n for n, sql in tests.items() if connection.sql(sql).fetchall()}

    files, rows = "arsverk.raw.form_files", "arsverk.raw.form_rows"
    one = f"where innsending_id = '{forms[0].submission_id}'"
    assert failing() == set()
    assert failing(f"delete from {files} {one}") == {
        "every_row_of_a_form_has_its_workbook"
    }
    assert failing(f"delete from {rows} {one}") == {"every_workbook_has_rows"}
    assert failing(f"insert into {files} from {files} {one}") == {
        "form_files_has_one_row_per_workbook"
    }
    for broken in ("fil = null", f"sha256 = '{'0' * 64}'", "sha256 = 'x'"):
        assert failing(f"update {files} set {broken} {one}") == {
            "every_form_has_the_checksum_of_its_workbook"
        }
    assert failing(f"update {rows} set ark = null {one}") == {
        "every_row_of_a_form_says_where_it_stands"
    }


# --- Stopped at any point ---------------------------------------------------------


def stopped_at(n: int, error: BaseException, work: Callable) -> Callable:
    """Return a function that stops when it is called for the nth time."""
    calls = []

    def call(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == n:
            raise error
        return work(*arguments)

    return call


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()],
    ids=["disk full", "interrupted"],
)
@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_what_is_stopped_anywhere_agrees_and_is_made_whole(
    forms: list[Form],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    n: int,
    error: BaseException,
) -> None:
    """While files are written aside, or take their places one after another."""
    store(forms[1:], folder, ROOT)
    before = contents(folder)
    owner = os if step == "fsync" else Path
    stopped = stopped_at(n, error, getattr(owner, step))
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, lambda *arguments: stopped(*arguments))
        with pytest.raises(type(error)):
            store(forms, folder, ROOT)
    assert not [name for name in contents(folder) if name.endswith(".part")]
    assert_what_is_known_is_whole(folder, forms)
    if step == "fsync":
        assert contents(folder) == before
    # Not before all the others is a form one that was read.
    assert known_forms(folder) == {forms[1].submission_id}
    store(forms, folder, ROOT)
    assert_what_is_known_is_whole(folder, forms)
    whole = contents(folder)
    assert known_forms(folder) == {form.submission_id for form in forms}
    # As if nothing had stopped it, and in another order.
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(text[0], encoding="utf-8")
    store(forms[::-1], folder, ROOT)
    assert contents(folder) == whole
    assert store(forms, folder, ROOT) == []


def test_what_a_killed_reader_left_aside_is_in_nobodys_way(
    forms: list[Form], folder: Path
) -> None:
    for name in ("submissions_2026.csv", "form_files.csv"):
        (folder / f".{name}.part").write_text("half a", encoding="utf-8")
    store(forms, folder, ROOT)
    assert_what_is_known_is_whole(folder, forms)
    assert len(known_forms(folder)) == 2
    assert not [name for name in contents(folder) if name.endswith(".part")]


# --- Where forms are written ------------------------------------------------------


def test_a_form_is_written_where_git_does_not_look(
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also one alone; --out says otherwise."""
    for name in ("seeds", "dbt_project.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARSVERK_DUCKDB", str(build.duckdb))
    arguments = ["form", "new", "--year", "2026", "--unit", "4601"]
    assert main(arguments) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.is_file() and not path.is_absolute()
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{path.parts[0]}/" in ignored
    assert {p.name for p in tmp_path.iterdir()} == {
        *("seeds", "dbt_project.yml", path.parts[0])
    }
    assert main([*arguments, "--out", "."]) == 0
    assert (tmp_path / path.name).is_file()
