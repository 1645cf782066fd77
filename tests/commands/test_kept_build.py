"""What a pull request is shown: changes at any size, and no false comfort."""

import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import yaml

from arsverk import base
from conftest import ROOT, Build, copy_project, make
from filled_forms import change

LIMIT = 1024 * 1024  # what dbt compares by itself


# --- Changes at any size ----------------------------------------------------------


def grow(path: Path) -> None:
    """Make a seed larger than dbt compares by itself."""
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = lines or ["x," * header.count(",") + "x\n"]
    n = 1 + 2 * LIMIT // len("".join(lines))
    path.write_text(header + "".join(lines * n), encoding="utf-8")
    assert path.stat().st_size > LIMIT


def dbt(*arguments: str, project: Path) -> list[str]:
    """Run dbt in this process; return what it lists."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        from dbt.cli.main import dbtRunner

        done = dbtRunner().invoke([*arguments, "--project-dir", str(project)])
    assert done.success, f"{said.getvalue()}{done.exception}"
    return done.result


def test_dbt_sees_which_large_seeds_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It neither stops at a seed of more than 1 MiB nor takes it for the same.

    With this project's settings and files, and no models: they take long to parse.
    """
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    settings = {name: settings[name] for name in ("name", "profile", "flags")}
    (tmp_path / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    shutil.copy(ROOT / "profiles.yml", tmp_path)
    seeds = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds" / "submissions", seeds)
    for path in seeds.glob("*.yml"):
        path.unlink()
    monkeypatch.chdir(tmp_path)
    grown = ("answers_2025", "form_files", "form_rows", "submissions_2025")
    for name in grown:
        grow(seeds / f"{name}.csv")
    dbt("parse", project=tmp_path)
    shutil.copytree(tmp_path / "target", tmp_path / "state")
    for name in ("form_files", "submissions_2025", "submissions_2024"):
        # One sign for another: the size stays.
        content = (seeds / f"{name}.csv").read_bytes()
        (seeds / f"{name}.csv").write_bytes(content[:-2] + b"9" + content[-1:])
    grow(seeds / "submissions_2023.csv")
    changed = ("ls", "--select", "state:modified", "--state", "state")
    assert sorted(dbt(*changed, project=tmp_path)) == [
        f"arsverk.{name}"
        for name in (
            *("form_files", "submissions_2023", "submissions_2024"),
            "submissions_2025",
        )
    ]


# --- No false comfort -------------------------------------------------------------


class Stage:
    """`make changed` with a dbt that does nothing but say how it ended."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.state = folder / "state"
        self.results = folder / "target" / "run_results.json"
        self.results.parent.mkdir()
        # What an earlier run left.
        self.end("success")()
        Path("dbt_project.yml").write_text("vars: {}\n")
        Path("target/arsverk.duckdb").write_text("as on main")
        Path("target/manifest.json").write_text("{}")
        base.keep(self.state)
        Path("target/arsverk.duckdb").write_text("of another branch")
        patch.setattr(base.revisions, "main", self.compare)
        self.arguments: list[str] = []

    def compare(self, arguments: list[str]) -> int:
        """Find no difference, as there is none to what was copied."""
        assert arguments[-2:] == ["--as", "changelog"]
        print("### Figures\n\nNo published value differs.")
        return 0

    def end(self, *statuses: str, kind: str = "model") -> Callable[[], None]:
        """Return what writes results, one a status."""
        results = [
            {
                "unique_id": f"{kind}.arsverk.x_{n}.1a2b3c",
                "status": status,
                "message": None if status == "success" else f"says {status}\n<b>why",
            }
            for n, status in enumerate(statuses)
        ]
        return lambda: self.results.write_text(json.dumps({"results": results}))

    def run(self, code: int, does: Callable[[], None] = lambda: None) -> int:
        """Run the command; return its exit code."""

        def dbt(arguments: list[str], **_: object) -> SimpleNamespace:
            self.arguments = arguments[2:]
            does()
            return SimpleNamespace(returncode=code)

        self.patch.setattr(base.subprocess, "run", dbt)
        return base.main(["changed", str(self.state)])


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.chdir(tmp_path)
    for name in ("ARSVERK_DUCKDB", "DBT_TARGET_PATH"):
        monkeypatch.delenv(name, raising=False)
    return Stage(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("code", "end", "told"),
    [
        (1, [("error", "success")], "x_0: says error <b>why"),
        (1, [("skipped", "success")], "1 that depend on these"),
        # dbt does not go on after a test that fails.
        (1, [("fail", "skipped")], "1 that depend on these"),
        (1, [("error",), "operation"], "x_0: says error"),
        (1, None, "its log says why"),
        (2, None, "its log says why"),
        (2, [("success",)], "its log says why"),
        (0, None, "its log says why"),
        (-9, None, "its log says why"),
        (-9, [("success",)], "its log says why"),
    ],
)
def test_what_was_not_built_is_no_comfort(
    stage: Stage,
    capsys: pytest.CaptureFixture[str],
    code: int,
    end: list | None,
    told: str,
) -> None:
    """However dbt ends, and whatever an earlier run left."""
    statuses, *kind = end or [()]
    does = stage.end(*statuses, kind=kind[0] if kind else "model")
    assert stage.run(code, does if end else lambda: None) != 0
    said = capsys.readouterr().out
    assert said.startswith(
        "### Figures\n\n**Not built, so which figures change is not known:**"
    )
    assert told in said
    assert "No published value" not in said
    # What dbt says cannot be taken for markup.
    assert not [line for line in said.splitlines() if "<b>" in line[:4]]


def test_tests_that_fail_are_named_before_the_figures(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    """All is built; only that is comfort."""
    for kind in ("test", "unit_test"):
        assert stage.run(1, stage.end("pass", "fail", "skipped", kind=kind)) == 1
        said = capsys.readouterr().out
        assert said.startswith("**Tests fail: the figures are built, and may be wrong")
        assert "says fail <b>why" in said and "says skipped" not in said
        assert said.endswith("No published value differs.\n")
    assert stage.run(0, stage.end("success", "no-op", "pass", "warn")) == 0
    assert capsys.readouterr().out == "### Figures\n\nNo published value differs.\n"


@pytest.mark.parametrize(
    "missing", ["arsverk.duckdb", "dbt_project.yml", "manifest.json"]
)
def test_a_build_that_is_not_kept_whole_is_not_compared_with(
    stage: Stage, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    (stage.state / missing).unlink()
    assert stage.run(0, stage.end("success")) == 2
    said = capsys.readouterr().out
    assert "**Not built" in said and "`make base STATE=" in said
    assert not stage.arguments
    assert Path("target/arsverk.duckdb").read_text() == "of another branch"


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_build_that_is_kept_halfway_is_not_compared_with(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    """Nor with what an older one left in the folder."""
    copies, copy = iter(range(1, 9)), shutil.copyfile

    def stopped(old: Path, new: Path) -> Path:
        if next(copies) == n:
            raise OSError("no space left")
        return copy(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", stopped)
        assert base.main(["keep", str(stage.state)]) == 2
    assert stage.run(0, stage.end("success")) == 2
    assert not stage.arguments
    assert base.main(["keep", str(stage.state)]) == 0
    assert stage.run(0, stage.end("success")) == 0


def test_everything_is_built_where_dbt_does_not_see_what_changed(stage: Stage) -> None:
    """A var, and files that are read instead of seeds."""
    assert stage.run(0, stage.end("success")) == 0
    assert "state:modified+" in stage.arguments
    Path("dbt_project.yml").write_text("vars: {x: 1}\n")
    assert stage.run(0, stage.end("success")) == 0
    assert stage.arguments == ["build"]
    Path("dbt_project.yml").write_text("vars: {received_files: '{name}.csv'}\n")
    shutil.copy("dbt_project.yml", stage.state)
    Path("submissions_2025.csv").touch()
    assert stage.run(0, stage.end("success")) == 0
    assert stage.arguments == ["build"]


def test_make_asks_for_the_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in ("keep", "changed"):
        assert base.main([verb, ""]) == 2
        assert "STATE=folder" in capsys.readouterr().err


# --- The second week --------------------------------------------------------------


def add_2026(project: Path) -> None:
    """Add the year that the forms are of: its inhabitants, and its number."""
    for name in ("population", "district_population", "population_national"):
        path = project / "seeds" / "reference" / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        newest = [line for line in lines if line.startswith("2025,")]
        assert newest, name
        lines += [line.replace("2025,", "2026,", 1) for line in newest]
        path.write_text("".join(lines), encoding="utf-8")
    path = project / "dbt_project.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("years: [2024, 2025]", "years: [2024, 2025, 2026]")
    text = text.replace("answer_years: [", "answer_years: [2026, ")
    path.write_text(text, encoding="utf-8")


def fill_everything(path: Path, chance: random.Random) -> None:
    """Fill in every open cell of a form, and some questions."""

    def work(book: openpyxl.Workbook) -> None:
        for sheet in book["Voksne"], book["Barn og unge"]:
            for row in sheet.iter_rows(min_row=8, max_col=6):
                for cell in row[1:]:
                    if not cell.protection.locked:
                        cell.value = chance.randrange(1, 9) / 10
        if "Spørsmål" in book.sheetnames:
            book["Spørsmål"]["B6"] = "Stor økning"

    change(path, work)


@pytest.mark.long
def test_a_spring_of_forms_is_compared_with_what_comes_after_it(
    build: Build, tmp_path: Path
) -> None:
    """372 forms are read, the build is kept, and another form arrives."""
    project = copy_project(tmp_path / "project")
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy2(ROOT / name, project / name)
    add_2026(project)

    def arsverk(*arguments: object) -> None:
        process = subprocess.run(
            [Path(sys.executable).with_name("arsverk"), *map(str, arguments)],
            cwd=project,
            env={**os.environ, "ARSVERK_DUCKDB": str(build.duckdb)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode == 0, process.stdout[-4000:] + process.stderr[-4000:]

    inbox, chance = tmp_path / "inbox", random.Random(20261127)
    arsverk("form", "new", "--year", 2026, "--all", "--out", inbox)
    paths = sorted(inbox.iterdir())
    assert len(paths) == 372
    for path in paths:
        fill_everything(path, chance)
    arsverk("form", "read", inbox, "--received", "2026-03-02")
    rows = project / "seeds" / "submissions" / "form_rows.csv"
    files = rows.with_name("form_files.csv")
    assert len(files.read_bytes().splitlines()) == 1 + 372
    # Those of the next year wait there, until that year is built.
    for path in (rows, files):
        header, _, lines = path.read_text(encoding="utf-8").partition("\n")
        next_year = lines.replace("2026,", "2027,").replace("form-2026-", "form-2027-")
        path.write_text(f"{header}\n{lines}{next_year}", encoding="utf-8")
    assert rows.stat().st_size > LIMIT

    state = tmp_path / "state"
    process = make("base", f"STATE={state}", project=project, releases=tmp_path)
    assert process.returncode == 0, process.stdout[-8000:] + process.stderr[-4000:]
    (bergen,) = inbox.glob("skjema-2026-4601-*")
    fill_everything(bergen, chance)
    arsverk("form", "read", bergen, "--received", "2026-03-09")
    process = make("changed", f"STATE={state}", project=project, releases=tmp_path)
    assert process.returncode == 0, process.stdout[-4000:] + process.stderr[-8000:]
    assert process.stdout.startswith("### Figures\n")
    assert "| 2026 | 4601 Bergen |" in process.stdout
    assert "| 2026 | 4602 " not in process.stdout
    results = json.loads((project / "target" / "run_results.json").read_text())
    built = {result["unique_id"].split(".")[2] for result in results["results"]}
    assert {"submissions_2026", "form_rows", "form_files", "fct_indicator"} <= built
    assert not built & {"submissions_2025", "population"}
