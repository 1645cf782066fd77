"""A report is never older than its input, also when that changes during the build."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from arsverk import __main__ as command
from arsverk import building, inputs
from conftest import ROOT, Build, make

FILES = {
    "dbt_project.yml": "vars: {received_files: 'received/{name}.csv'}\n",
    "requirements.lock": "x\n",
    "seeds/submissions/submissions 2025.csv": "x\n",
    "seeds/reference/æøå.csv": "x\n",
    "models/marts/x.sql": "x\n",
    "macros/x.sql": "x\n",
    "profiles/profiles.yml": "x\n",
    "received/submissions_2025.csv": "x\n",
    "received/answers_2025.csv": "x\n",
}
BUILT = [sys.executable, "-c", "open('x.duckdb', 'w')"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of a few files, whose build makes an empty file."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARSVERK_DUCKDB", "x.duckdb")
    monkeypatch.delenv("ARSVERK_RELEASES", raising=False)
    return tmp_path


def append(name: str) -> Callable[[], None]:
    def change() -> None:
        # A clock that stands still hides nothing.
        stamp = os.stat(name)
        with open(name, "a", encoding="utf-8") as file:
            file.write("y")
        os.utime(name, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    return change


def publish() -> None:
    Path("published").symlink_to("releases/2026.1")


CHANGES: dict[str, tuple[str, Callable[[], None]]] = {
    **{name: (name, append(name)) for name in FILES if name != "dbt_project.yml"},
    "a file more": ("seeds/new.csv", lambda: Path("seeds/new.csv").touch()),
    "a file less": ("macros/x.sql", lambda: Path("macros/x.sql").unlink()),
    "a var": (
        "dbt_project.yml",
        lambda: Path("dbt_project.yml").write_text("vars: {x: 1}\n"),
    ),
    "what is published": ("published", publish),
}


@pytest.mark.parametrize(("name", "change"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_during_the_build_and_after_it(
    project: Path, name: str, change: Callable[[], None]
) -> None:
    """Of every kind of file that a build reads: it is named, and nothing is noted."""
    before = inputs.begin(project)
    Path("x.duckdb").touch()
    change()
    with pytest.raises(inputs.InputsChangedError) as told:
        inputs.end(project, before)
    assert name in str(told.value) and "Build again" in str(told.value)
    assert not inputs.is_current(project)
    inputs.end(project, inputs.begin(project))
    assert inputs.is_current(project)


@pytest.mark.parametrize(("name", "change"), CHANGES.values(), ids=CHANGES)
def test_a_report_is_built_anew_after_a_change(
    project: Path, name: str, change: Callable[[], None]
) -> None:
    counted = [*BUILT[:2], f"{BUILT[2]}; open('n', 'a').write('x')"]
    for expected in ("x", "x"):
        assert inputs.main(["--if-older", *counted]) == 0
        assert Path("n").read_text() == expected
    change()
    assert inputs.main(["--if-older", *counted]) == 0
    assert Path("n").read_text() == "xx", name


def test_what_a_build_and_editors_write_is_no_input(project: Path) -> None:
    before = inputs.begin(project)
    Path("x.duckdb").touch()
    for name in ("target", "logs", ".git"):
        (project / name).mkdir()
        (project / name / "x.csv").touch()
    for name in (".x.csv.swp", ".~lock.x.csv#", "x.csv~", ".x.csv.part"):
        (project / "seeds" / name).touch()
    inputs.end(project, before)
    assert inputs.is_current(project)


def test_a_build_that_fails_is_not_noted(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor is an older one any more, whose file it may have changed."""
    assert inputs.main(BUILT) == 0 and inputs.is_current(project)
    assert inputs.main([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    assert not inputs.is_current(project)
    assert inputs.main(BUILT) == 0
    os.unlink("x.duckdb")
    assert not inputs.is_current(project)
    assert inputs.main(["no such program"]) == 2
    assert "no such program" in capfd.readouterr().err


def test_a_build_says_what_changed_and_shows_no_result(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make build` and `make base`: before the result, not after it."""
    done = SimpleNamespace(success=True, exception=None)
    shown: list[str] = []

    def dbt(builder: building.Builder, *arguments: str) -> SimpleNamespace:
        Path("x.duckdb").touch()
        if arguments[0] == "build":
            append("seeds/reference/æøå.csv")()
        return done

    monkeypatch.setattr(building.Builder, "parse", lambda builder: done)
    monkeypatch.setattr(building.Builder, "dbt", dbt)
    monkeypatch.setattr(building.Builder, "print_headline", lambda _: shown.append("x"))
    arguments = ["build", "--language", "en"]
    assert command.main(arguments) == 1
    said = capsys.readouterr()
    assert "Changed during the build: seeds/reference/æøå.csv" in said.err
    assert not shown and "figures passed" not in said.out
    assert not inputs.is_current(project)
    monkeypatch.setattr(building.Builder, "dbt", lambda *_: done)
    assert command.main(arguments) == 0
    assert shown and inputs.is_current(project)


@pytest.mark.parametrize("target", ["words", "control", "feedback", "site"])
def test_make_says_what_changed_and_reports_nothing(
    target: str, tmp_path: Path
) -> None:
    """A file that is saved while dbt runs, with a dbt that does nothing else."""
    project = tmp_path / "project"
    for name in ("macros", "models", "profiles", "seeds"):
        (project / name).mkdir(parents=True)
    for name in ("Makefile", "dbt_project.yml", "requirements.lock", "pyproject.toml"):
        shutil.copy2(ROOT / name, project / name)
    seed = project / "seeds" / "x.csv"
    seed.write_text("x\n", encoding="utf-8")
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", programs.parent)
    (programs.parent / "lib").symlink_to(Path(sys.prefix) / "lib")
    (programs / "python").symlink_to(Path(sys.prefix) / "bin" / "python")
    dbt = programs / "dbt"
    dbt.write_text(
        f"#!{sys.executable}\nopen({str(seed)!r}, 'a').write('y')\n", encoding="utf-8"
    )
    dbt.chmod(0o755)
    for path in Path(sys.prefix).glob(".*"):
        shutil.copy(path, programs.parent)
    process = make(
        *(target, f"VENV={programs.parent}", f"STATE={tmp_path}/state", "UNIT=4601"),
        project=project,
        releases=tmp_path,
    )
    assert process.returncode != 0
    assert "Changed during the build: seeds/x.csv" in process.stderr, process.stderr
    assert "headline" not in process.stdout and "årsverk" not in process.stdout
    assert not list(project.glob("target/*.inputs"))
    assert not (tmp_path / "state").exists()


def test_the_projects_own_files_are_read(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever dbt reads of the project is in the list, but its tests."""
    monkeypatch.delenv("ARSVERK_RELEASES", raising=False)
    manifest = json.loads(build.manifest.read_text(encoding="utf-8"))
    read = {
        node["original_file_path"]
        for node in [*manifest["nodes"].values(), *manifest["macros"].values()]
        if node["package_name"] == "arsverk"
        and node["original_file_path"].startswith(("macros", "models", "seeds"))
    }
    assert len(read) > 100
    assert read <= inputs.list_inputs(ROOT).keys()
