"""make: what is typed stays data, odd paths work, and no environment is lost.

A stand-in for Python notes what it is called with, so that nothing is built.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

# Notes its arguments. As `-m venv FOLDER` it makes a folder with itself in it; as pip
# it fails where there is a file `registry-is-down`.
STAND_IN = """#!/bin/bash
{ printf '%s\\0' "$0" "$@"; printf '\\n'; } >> "$CALLS"
case "$*" in
-c*) exit 0 ;;
"-m venv "*)
    mkdir -p "$3/bin" "$3/lib" && cp "$0" "$3/bin/python"
    printf '#!%s/%s/bin/python\\n' "$PWD" "$3" > "$3/bin/dbt" ;;
*" -r "*) test ! -e registry-is-down ;;
*"arsverk build"*|*" build "*) mkdir -p target && touch target/arsverk.duckdb ;;
esac
"""
ODD = "a b'c\"d [e] æøå $(touch f) `touch g` ;h"


class Project:
    """A folder with the Makefile, an environment of stand-ins, and what was called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder.parent / "calls"
        folder.mkdir(parents=True)
        for name in ("Makefile", "requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        (folder / "stand-in").write_text(STAND_IN, encoding="utf-8")
        (folder / "stand-in").chmod(0o755)
        for name in ("seeds", "models", "macros", "profiles"):
            (folder / name).mkdir()
        (folder / "dbt_project.yml").touch()
        (folder / "tools/bench/peers").mkdir(parents=True)
        (folder / "tools/bench/peers/requirements.txt").touch()

    def add(self, name: str) -> None:
        """Add a line to a file, later than everything else."""
        with (self.folder / name).open("a") as file:
            file.write("# another\n")
        os.utime(self.folder / name, (2_000_000_000, 2_000_000_000))

    def make(
        self, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run make; the stand-in is Python unless another is asked for."""
        self.log.unlink(missing_ok=True)
        given = (
            []
            if any(a.startswith("PYTHON=") for a in arguments)
            else ["PYTHON=./stand-in"]
        )
        names = ("MAKE", "ARSVERK", "VENV", "DATE", "COMMIT")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(names)}
        return subprocess.run(
            ["make", "--no-print-directory", *given, *arguments],
            cwd=self.folder,
            env={**kept, "CALLS": str(self.log), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[list[str]]:
        """Return the arguments of each call, without the program."""
        lines = (
            self.log.read_bytes().decode().split("\0\n") if self.log.exists() else []
        )
        return [line.split("\0")[1:] for line in lines if line]

    def files(self) -> set[str]:
        """Return the names in the folder and beside it."""
        return {p.name for d in (self.folder, self.folder.parent) for p in d.iterdir()}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "project")
    assert made.make("setup").returncode == 0
    return made


# Every name that the Makefile takes, and the target that uses it.
USES = {
    "UNIT": ("feedback", "--unit={}"),
    "YEAR": ("words", "--year={}"),
    "IN": ("control", "--language={}"),
    "VERSION": ("publish", "--release={}"),
    "DATE": ("publish", "--date={}"),
    "COMMIT": ("publish", "--commit={}"),
    "FROM": ("site", "{}"),
    "OUT": ("site", "--out={}"),
    "OLD": ("diff", "{}"),
    "NEW": ("diff", "{}"),
    "SHOW": ("diff", "--as={}"),
    "RUNS": ("bench", "--runs={}"),
    "LIMIT": ("bench", "--limit={}"),
}
HOSTILE = [
    "$(touch x)$(shell touch x) $$(touch x) ${IFS} `touch x`",
    "1'; touch x; ' \"; touch x; \" ; touch x|touch x&touch x>x",
    "a\ntouch x",
    "--help",
]


def with_peers(project: Project) -> None:
    """Let what the benchmark compares with be there."""
    (project.folder / ".venv/peers").mkdir()
    (project.folder / ".venv/peers/.ready").touch()


@pytest.mark.parametrize("name", USES)
def test_what_is_typed_reaches_the_program_as_it_was_typed(
    project: Project, name: str
) -> None:
    target, shape = USES[name]
    with_peers(project)
    before = project.files()
    for value in HOSTILE:
        for given, environment in (([f"{name}={value}"], {}), ([], {name: value})):
            project.make(target, *given, **environment)
            asked = shape.format(value)
            assert any(asked in call for call in project.calls()), (name, value)
            assert project.files() - before <= {"target", "calls"}, (name, value)


def test_the_list_of_names_is_whole() -> None:
    """A name that the help offers is one of those that are never expanded."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    given = set(re.search(r"^GIVEN := (.*)$", text, re.MULTILINE)[1].split())
    offered = set(re.findall(r"\b([A-Z]{2,})=", " ".join(re.findall("##.*", text))))
    used = set(re.findall(r"\$\$\{?([A-Z_]+)", text))
    assert (offered | used) - {"IFS"} <= given
    assert set(USES) | {"PYTHON", "STATE", "SIZES"} <= given
    # Whether there is one may be asked by make itself.
    text = re.sub(r"\$\(if \$\([A-Z]+\)", "", text)
    for name in given:
        assert f"$({name})" not in text, name


@pytest.mark.parametrize("target", ["base", "changed"])
def test_the_folder_of_a_kept_build_is_a_folder(project: Project, target: str) -> None:
    for value in HOSTILE:
        project.make(target, f"STATE={value}")
        assert "x" not in project.files()


def test_a_build_is_not_begun_when_nobody_said_where_to_keep_it(
    project: Project,
) -> None:
    process = project.make("base")
    assert process.returncode == 2
    assert "make base STATE=folder" in process.stderr
    assert project.calls() == []


@pytest.mark.parametrize("value", HOSTILE)
def test_python_is_the_name_of_a_program_and_nothing_else(
    tmp_path: Path, value: str
) -> None:
    project = Project(tmp_path / "project")
    before = project.files()
    process = project.make("setup", f"PYTHON={value}")
    assert process.returncode == 2
    assert "The environment was not made" in process.stderr
    assert project.files() - before <= {"calls"}


def test_a_list_of_sizes_is_a_list_and_no_pattern(project: Project) -> None:
    with_peers(project)
    project.make("bench", "SIZES=1 10")
    assert ["tools/bench/bench.py", "--sizes", "1", "10"] in project.calls()


def test_odd_paths_of_the_clone_the_file_and_the_releases(tmp_path: Path) -> None:
    project = Project(tmp_path / ODD)
    elsewhere = tmp_path / f"else {ODD}"
    published = elsewhere / "published"
    published.mkdir(parents=True)
    given = {
        "ARSVERK_DUCKDB": str(elsewhere / "file.duckdb"),
        "ARSVERK_RELEASES": str(elsewhere),
    }
    assert project.make("setup").returncode == 0
    assert project.make("build", **given).returncode == 0
    # What is published does without the build; what is not published needs it.
    (published / "arsverk.duckdb").touch()
    assert project.make("site", **given).returncode == 0
    assert project.calls() == [["-m", "arsverk.site", "--"]]
    (published / "arsverk.duckdb").unlink()
    project.make("site", **given)
    assert any(".venv/bin/dbt" in call for call in project.calls())
    assert {p.name for p in tmp_path.iterdir()} == {ODD, elsewhere.name, "calls"}
    assert not list(tmp_path.rglob("f")) + list(tmp_path.rglob("g"))


# --- The environment ------------------------------------------------------------------


def marked(project: Project) -> bool:
    return (project.folder / ".venv/marker").exists()


def test_an_environment_is_made_whole_and_its_scripts_know_where_it_is(
    project: Project,
) -> None:
    environment = project.folder / ".venv"
    script = (environment / "bin/dbt").read_text(encoding="utf-8")
    assert script == f"#!{environment}/bin/python\n"
    assert {p.name for p in project.folder.glob(".venv*")} == {".venv"}
    assert not list(environment.rglob("*.before"))


def test_a_lock_of_the_same_content_leaves_the_environment_alone(
    project: Project,
) -> None:
    (project.folder / ".venv/marker").touch()
    (project.folder / "registry-is-down").touch()
    for name in ("requirements.lock", "pyproject.toml"):
        os.utime(project.folder / name, (2_000_000_000, 2_000_000_000))
    for target in ("setup", "words", "control", "feedback"):
        assert project.make(target, "UNIT=4601").returncode == 0, target
        assert not any("venv" in call or "pip" in call for call in project.calls())
    assert marked(project)


def test_a_new_lock_and_no_registry_leave_the_environment_that_was_there(
    project: Project,
) -> None:
    (project.folder / ".venv/marker").touch()
    project.add("requirements.lock")
    (project.folder / "registry-is-down").touch()
    for target in ("setup", "words", "control"):
        process = project.make(target)
        assert process.returncode == 2
        assert "the one in .venv is as it was" in process.stderr
        assert marked(project)
        assert {p.name for p in project.folder.glob(".venv*")} == {".venv"}
    (project.folder / "registry-is-down").unlink()
    assert project.make("setup").returncode == 0
    assert not marked(project)


def test_a_new_description_of_the_package_is_installed_in_place(
    project: Project,
) -> None:
    (project.folder / ".venv/marker").touch()
    project.add("pyproject.toml")
    assert project.make("setup").returncode == 0
    (call,) = project.calls()
    assert "--editable" in call
    assert marked(project)


def test_a_first_environment_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    (project.folder / "registry-is-down").touch()
    process = project.make("words")
    assert process.returncode == 2
    assert "The environment was not made." in process.stderr
    assert not list(project.folder.glob(".venv*"))


@pytest.mark.long
def test_a_registry_that_is_down_with_the_real_pip(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", project.folder / ".venv"],
        check=True,
    )
    (project.folder / ".venv/marker").touch()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        index = f"http://127.0.0.1:{unused.getsockname()[1]}/simple"
        process = project.make(
            "words",
            f"PYTHON={sys.executable}",
            PIP_INDEX_URL=index,
            PIP_RETRIES="0",
            PIP_NO_CACHE_DIR="1",
        )
    assert process.returncode == 2
    assert "the one in .venv is as it was" in process.stderr
    assert marked(project)


def test_the_help_lists_every_target_of_people(project: Project) -> None:
    told = project.make("help").stdout
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z-]+):.*##", text, re.MULTILINE):
        assert f"make {target} " in told
