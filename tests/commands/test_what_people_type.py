"""What people type where nothing is built, or where something is in the way."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import dbt_arsverk
from arsverk import control, feedback, headline, release, revisions
from arsverk.__main__ import main as arsverk
from arsverk.catalog import read_catalog
from arsverk.form.storing import store
from arsverk.release import Publisher
from arsverk.release_checks import NotPublishedError
from arsverk.release_tables import write_csv as write_csv_files
from arsverk.release_tables import write_duckdb, write_parquet
from arsverk.sheets import write_csv, write_xlsx
from arsverk.site import __main__ as site
from conftest import ROOT, Build, copy_project, run_dbt
from publishing import green, named, one_page
from running import SERVER, without_places

# Folders that people have.
ODD = "a [b] 'c' {d} æøå"

HOLDER = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as connection:
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Have another process keep a DuckDB file open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        holder.stdout.readline()
        yield
        holder.stdin.close()


# What is typed where nothing is built: the exit code, and what stands in the answer.
TYPED = {
    "retry": (2, "Nothing was done: start dbt retry in "),
    "clone": (2, "Nothing was cloned: a DuckDB file holds one build"),
    "run": (2, "Build it too: dbt build\n"),
    "test": (2, "Build it too: dbt build\n"),
    "test -s fct_indicator": (2, "Build it too: dbt build --select +fct_indicator\n"),
    "run -s dim_year fct_fte": (2, "dbt build --select +dim_year +fct_fte\n"),
    "build -s int_person_years__carried_forward+": (
        2,
        "dbt build --select +int_person_years__carried_forward+",
    ),
    "test -s test_type:unit": (2, "Build it too: dbt build --select +test_type:unit\n"),
    "build -s +dim_education --threads 8": (0, "ERROR=0"),
    "test -s education_categories": (0, "ERROR=0"),
    "build --full-refresh --fail-fast -s dim_education": (0, "ERROR=0"),
    # Tests that hold what is empty against the vars.
    "build --empty -s education_categories questions"
    " the_form_and_the_education_categories_name_the_same_columns"
    " every_year_of_answers_has_questions": (0, "ERROR=0"),
    "compile -s dim_measure": (0, ""),
    "show --inline select(1)": (0, ""),
    "run-operation check_vars": (0, ""),
    'run --vars {"duckdb_path":"HELD"}': (2, "arsverk.duckdb is held open by python"),
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is not the project's."""
    return tmp_path_factory.mktemp("elsewhere") / ODD


@pytest.fixture(scope="module")
def answers(
    elsewhere: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[int, str]]:
    """Type everything, in a folder that is not the project's."""
    target, built = elsewhere / "target", elsewhere / "built"
    target.mkdir(parents=True)
    built.mkdir()
    (built / "arsverk.duckdb.inputs").touch()
    environment = {
        **without_places(),
        "ARSVERK_RELEASES": str(built),
        # Not whole, so that it begins in the project's folder.
        "ARSVERK_DUCKDB": os.path.relpath(built / "arsverk.duckdb", ROOT),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target / "logs"),
        "DBT_USE_COLORS": "false",
    }
    places = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT / "profiles")]
    held = tmp_path_factory.mktemp("held") / "arsverk.duckdb"
    found = {}
    with holding(held):
        for typed in TYPED:
            arguments = typed.replace("HELD", str(held)).split()
            process = SERVER.run([*arguments, *places], environment, ROOT, elsewhere)
            found[typed] = process.returncode, process.stdout
    return found


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_is_green_or_told_what_to_do(
    answers: dict[str, tuple[int, str]], typed: str
) -> None:
    code, told = answers[typed]
    expected, message = TYPED[typed]
    assert (code, "Traceback" in told) == (expected, False), told[-4000:]
    assert message in told
    if code:
        assert len(told.splitlines()) < 40


def test_what_is_not_whole_begins_in_the_project_wherever_dbt_is_started(
    answers: dict[str, tuple[int, str]], elsewhere: Path
) -> None:
    assert answers
    with duckdb.connect(str(elsewhere / "built" / "arsverk.duckdb")) as file:
        assert file.execute("select count(*) > 3 from marts.dim_education").fetchall()
    assert sorted(path.name for path in elsewhere.iterdir()) == ["built", "target"]
    # No report takes what was built in part for whole.
    assert [path.name for path in (elsewhere / "built").iterdir()] == ["arsverk.duckdb"]


def test_a_selection_is_whole_by_itself(build: Build) -> None:
    """No test comes along that reads what a selection does not build."""
    settings = (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
    assert "  indirect_selection: buildable\n" in settings
    # Everything is run without a selection, and by whoever publishes.
    nodes = json.loads((build.target / "run_results.json").read_text())["results"]
    assert sum(node["unique_id"].startswith("test.") for node in nodes) >= 190


@pytest.mark.long
@pytest.mark.parametrize(
    "typed",
    [
        "build -s +fct_indicator",
        "build -s +marts",
        "build --empty",
        "build --threads 8 --full-refresh --fail-fast",
    ],
)
def test_a_whole_command_is_green_where_nothing_is_built(
    tmp_path: Path, typed: str
) -> None:
    process = run_dbt(*typed.split(), target=tmp_path)
    assert process.returncode == 0, process.stdout[-8000:]
    assert "ERROR=0 SKIP=0" in process.stdout


@pytest.mark.long
def test_a_retry_goes_on_where_a_model_failed(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (model,) = (project / "models").rglob("dim_education.sql")
    sql = model.read_text(encoding="utf-8")
    for text, typed, code in (
        (f"{sql}\nfrom nowhere", "build -s +dim_education", 1),
        (sql, "retry", 0),
    ):
        model.write_text(text, encoding="utf-8")
        process = run_dbt(*typed.split(), target=project / "target", project=project)
        assert process.returncode == code, process.stdout[-4000:]
    with duckdb.connect(str(project / "target" / "arsverk.duckdb")) as connection:
        assert connection.execute("from marts.dim_education").fetchall()


@pytest.mark.long
def test_the_whole_road_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """Built, published and made into pages, from another folder."""
    project = tmp_path / ODD / "project"
    project.mkdir(parents=True)
    copy_project(project)
    shutil.copy(ROOT / "LICENSE-DATA.md", project)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ARSVERK_")}
    process = subprocess.run(
        [
            *(Path(sys.executable).with_name("dbt"), "build", "--target", "release"),
            *("--project-dir", project, "--profiles-dir", project / "profiles"),
            "--vars",
            "{release_version: a, release_date: 2026-11-22, code_commit: abc1234}",
        ],
        cwd=tmp_path,
        env={**environment, "DBT_USE_COLORS": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout[-8000:]
    published = project / "published"
    assert (published / "pages" / "index.html").exists()
    assert (published / "LICENSE-DATA.md").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [ODD]


# What is in the way.


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A working file that another process has open."""
    path = tmp_path / ODD / "arsverk.duckdb"
    path.parent.mkdir()
    with holding(path):
        yield path


def test_who_holds_the_working_file_is_named(
    held: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ValueError, match=r"held open by python\S* \(process \d+\)"):
        dbt_arsverk.check_opens(held, {})
    monkeypatch.setenv("ARSVERK_DUCKDB", str(held))
    monkeypatch.setenv("ARSVERK_RELEASES", str(tmp_path))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "manifest.json").write_text('{"nodes": {}}', encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for command, arguments in (
        (headline, ["--language", "en"]),
        (control, ["--language", "en", "--out", str(tmp_path / "out")]),
        (feedback, ["--language", "en", "--unit", "4601"]),
        (revisions, [str(held)]),
        (site, ["build", "--out", str(tmp_path / "pages")]),
    ):
        assert command.main(arguments) == 2
        told = capsys.readouterr().err
        assert "is held open by python" in told
        assert len(told.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", ["nothing", "text", "a folder", "no marts"])
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
) -> None:
    path = tmp_path / "arsverk.duckdb"
    if kind == "text":
        path.write_text("Hei", encoding="utf-8")
    elif kind == "a folder":
        path.mkdir()
    elif kind == "no marts":
        duckdb.connect(str(path)).close()
    monkeypatch.setenv("ARSVERK_DUCKDB", str(path))
    assert headline.main([]) == 2
    told = capsys.readouterr().err
    assert str(path) in told and "`dbt build`" in told
    assert len(told.splitlines()) == 1
    if kind in ("text", "a folder"):
        with pytest.raises(ValueError, match=r"Nothing was built: .* cannot be read"):
            dbt_arsverk.check_opens(path, {})


def full(*_: object, **__: object) -> None:
    """Write to a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_dbt_does_not_begin_on_a_full_disk_or_in_a_folder_that_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match=r"Not a directory.*build elsewhere"):
        dbt_arsverk.check_folder(tmp_path / "file" / "target")
    dbt_arsverk.check_folder(tmp_path / "new" / "target")
    assert list((tmp_path / "new" / "target").iterdir()) == []
    dbt_arsverk.check_room(tmp_path / "arsverk.duckdb")
    usage = shutil._ntuple_diskusage(10**9, 10**9 - 5_000_000, 5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ValueError, match="has 5 MB left, and a build needs some 200"):
        dbt_arsverk.check_room(tmp_path / "arsverk.duckdb")
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(ValueError, match=r"No space left on device.*Make room"):
        dbt_arsverk.check_folder(tmp_path)


def test_nothing_is_left_of_a_table_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whole.csv").write_text("old", encoding="utf-8")

    def rows() -> Iterator[tuple[str]]:
        yield ("a",)
        full()

    with pytest.raises(OSError, match="No space"):
        write_csv(tmp_path / "whole.csv", ["x"], rows())
    monkeypatch.setattr("openpyxl.workbook.Workbook.save", full)
    with pytest.raises(OSError, match="No space"):
        write_xlsx(tmp_path / "whole.xlsx", "t", ["x"], [("a",)], [10])
    assert [path.name for path in tmp_path.iterdir()] == ["whole.csv"]
    assert (tmp_path / "whole.csv").read_text(encoding="utf-8") == "old"


def test_forms_that_cannot_be_written_leave_nothing(
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARSVERK_DUCKDB", str(build.duckdb))
    monkeypatch.chdir(ROOT)
    out = tmp_path / ODD
    new = ["form", "new", "--year", "2025", "--unit", "4601", "--out", str(out)]
    with monkeypatch.context() as patch:
        patch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
        assert arsverk(new) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert list(out.iterdir()) == []
    assert arsverk(new) == 0
    # And of what is read: no file lies aside.
    (tmp_path / "seeds").mkdir()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store([], tmp_path / "seeds", ROOT)
    assert list((tmp_path / "seeds").iterdir()) == []


def test_reports_say_that_nothing_could_be_written(
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARSVERK_DUCKDB", str(build.duckdb))
    monkeypatch.setattr("openpyxl.workbook.Workbook.save", full)
    arguments = ["--year", "2025", "--language", "en", "--out", str(tmp_path / "out")]
    assert control.main(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("It could not be written: ") and "No space" in told
    assert not [p for p in (tmp_path / "out").iterdir() if p.suffix == ".part"]


def test_nothing_published_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARSVERK_RELEASES", str(tmp_path))
    assert revisions.main([]) == 2
    told = capsys.readouterr().err
    assert told.startswith("There is no release") and "none yet" in told
    assert site.main(["2026.1", "--out", str(tmp_path / "pages")]) == 2
    assert "is no release" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def of_a_release(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working file that could be published."""
    file = tmp_path_factory.mktemp("release") / "arsverk.duckdb"
    return named(build.duckdb, file, "a", "2026-11-22")


@pytest.mark.parametrize("step", ["write_files", "write_checksums", "make_durable"])
def test_a_full_disk_leaves_no_half_a_release(
    build: Build,
    of_a_release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    nodes = json.loads(build.manifest.read_text(encoding="utf-8"))["nodes"]
    publisher = Publisher(tmp_path)
    # What comes before the step is left out, but for a page.
    for name in ("write_files", "verify", step):
        monkeypatch.setattr(release, name, lambda *_: None)
    monkeypatch.setattr(release, step, full)
    with (
        duckdb.connect(str(of_a_release), read_only=True) as connection,
        pytest.raises(NotPublishedError, match=r"No space left on device.*make room"),
    ):
        publisher.publish(connection, nodes, green(nodes), pages=one_page)
    publisher.close()
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [".lock"]
    assert not (tmp_path / "published").exists()


def test_files_of_a_release_are_written_and_verified_in_a_folder_of_any_name(
    build: Build, tmp_path: Path
) -> None:
    """Two small tables; all of them in test_the_whole_road_in_a_folder_of_any_name."""
    folder = tmp_path / ODD
    folder.mkdir()
    nodes = json.loads(build.manifest.read_text(encoding="utf-8"))["nodes"]
    with duckdb.connect(str(build.duckdb), read_only=True) as connection:
        catalog = read_catalog(connection, nodes)
        small = [t for t in catalog.tables if t.name in ("dim_year", "dim_obs_status")]
        assert len(small) == 2
        small = [replace(table, foreign_keys=[]) for table in small]
        catalog = replace(catalog, tables=small, views=[])
        write_parquet(folder, connection, catalog)
        write_duckdb(folder, catalog)
        with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as marts:
            write_csv_files(folder, marts, catalog)
        release.write_checksums(folder)
        release.verify(folder, connection, catalog)
        # It does find what is wrong there.
        (folder / "csv" / "dim_year.csv").write_text("year\n", encoding="utf-8")
        release.write_checksums(folder)
        with pytest.raises(NotPublishedError, match="CSV has 0 rows of dim_year"):
            release.verify(folder, connection, catalog)


def test_a_folder_that_cannot_hold_releases_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotPublishedError, match=r"cannot be written to.*Not a dir"):
        Publisher(tmp_path / "file" / "root")
