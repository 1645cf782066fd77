"""What the tests share: a build of the project in a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
DBT = Path(sys.executable).with_name("dbt")


def run_dbt(
    *arguments: str, target: Path, project: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run dbt as a person would, with its output in ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "ARSVERK_DUCKDB": str(target / "arsverk.duckdb"),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target / "logs"),
        "DBT_USE_COLORS": "false",
    }
    return subprocess.run(
        [DBT, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_project(folder: Path) -> Path:
    """Copy what dbt needs, for tests that change files."""
    for name in ("models", "macros", "seeds", "tests", "profiles", "analyses"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


class Build:
    """A finished ``dbt build``: its folder, output and DuckDB file."""

    def __init__(self, target: Path, process: subprocess.CompletedProcess[str]) -> None:
        self.target = target
        self.process = process
        self.duckdb = target / "arsverk.duckdb"
        self.manifest = target / "manifest_of_the_build.json"

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the file, opened read-only."""
        with duckdb.connect(str(self.duckdb), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Build the demo once, with every dbt test."""
    target = tmp_path_factory.mktemp("build")
    process = run_dbt("build", target=target)
    assert process.returncode == 0, process.stdout[-8000:]
    build = Build(target, process)
    # Later commands write another one in its place.
    shutil.copy(target / "manifest.json", build.manifest)
    yield build


@pytest.fixture(scope="session")
def docs(build: Build) -> Path:
    """Write dbt's documentation as one file, which compiles the analyses too."""
    process = run_dbt("docs", "generate", "--static", target=build.target)
    assert process.returncode == 0, process.stdout[-8000:]
    return build.target / "static_index.html"
