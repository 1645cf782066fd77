"""What the tests share: a build of the project in a folder of its own."""

import fcntl
import json
import multiprocessing.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
DBT = Path(sys.executable).with_name("dbt")


def run_dbt(
    *arguments: str, target: Path, project: Path = ROOT, releases: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run dbt as a person would, with its output in ``target``.

    Releases are looked for in ``target`` too, where there are none by themselves.
    """
    target.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "ARSVERK_DUCKDB": str(target / "arsverk.duckdb"),
        "ARSVERK_RELEASES": str(releases or target),
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


def compiled_macros(macros: list[str], target: Path) -> list[str]:
    """Return macros as dbt compiles them."""
    process = run_dbt(
        *("--quiet", "compile", "--inline", "\n---\n".join(macros)), target=target
    )
    assert process.returncode == 0, process.stdout
    return process.stdout.split("\n---\n")


def copy_project(folder: Path) -> Path:
    """Copy what dbt needs, for tests that change files."""
    for name in ("models", "macros", "seeds", "tests", "profiles", "analyses"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


# The files that take longest, first, so that neither process waits at the end.
LONGEST = ("test_release", "test_publishing", "test_site", "test_form")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that neither process waits at the end."""
    names = [*LONGEST, ""]
    items.sort(key=lambda i: names.index(i.path.stem if i.path.stem in LONGEST else ""))


@pytest.fixture(scope="session", autouse=True)
def temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep temporary files of processes that are killed where pytest cleans up."""
    # The folder of multiprocessing it removes itself, when pytest has ended.
    multiprocessing.util.get_temp_dir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))
        patch.setattr(tempfile, "tempdir", None)
        yield


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return a folder that one of the tests' processes makes for all of them.

    It is read only from then on. If it could not be made, the next one tries again
    and fails for the same reason.
    """
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, made = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


class Build:
    """A finished ``dbt build``: its folder, output and DuckDB file."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.duckdb = target / "arsverk.duckdb"
        self.manifest = target / "manifest.json"

    @property
    def output(self) -> str:
        """What dbt said."""
        return (self.target / "output.txt").read_text(encoding="utf-8")

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the file, opened read-only."""
        with duckdb.connect(str(self.duckdb), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the demo once, with every dbt test."""

    def make(target: Path) -> None:
        process = run_dbt("build", target=target)
        assert process.returncode == 0, process.stdout[-8000:]
        (target / "output.txt").write_text(
            process.stdout + process.stderr, encoding="utf-8"
        )

    return Build(made_once(tmp_path_factory, "build", make))


@pytest.fixture(scope="session")
def copied(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a copy of the build for commands that write, which lock its file."""
    return Build(
        shutil.copytree(build.target, tmp_path_factory.mktemp("copied") / "target")
    )


@pytest.fixture(scope="session")
def docs(copied: Build) -> Path:
    """Write dbt's documentation as one file, which compiles the analyses too."""
    process = run_dbt("docs", "generate", "--static", target=copied.target)
    assert process.returncode == 0, process.stdout[-8000:]
    return copied.target / "static_index.html"


class Releases:
    """Two releases, one after the other, while somebody holds the first one open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "project"
        told = json.loads((root / "told.json").read_text(encoding="utf-8"))
        # What `make publish` said.
        self.output: str = told["output"]
        # What the holder read before, during and after the second release.
        self.held: list[str] = told["held"]
        self.first = root / "releases" / "2026.1"
        self.second = root / "releases" / "2026.2"
        self.published = root / "published"

    def query(self, sql: str, release: Path | None = None) -> list[tuple]:
        """Return the rows of a query on a release, by default the published one."""
        path = (release or self.published) / "arsverk.duckdb"
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()


# What differs in the second release, and why: another cell in a submission of
# Stavanger (10 person-years more), a reviewer's correction in Drammen (4 less),
# inhabitants moved from Sandnes to Sola, and districts shown a year earlier. Nothing
# published is about 2025.
CHANGES = [
    (
        "seeds/submissions/submissions_2025.csv",
        'demo-2025-000205,1103,2025-03-22,voksne,Bolig med fast bemanning,"43,7"',
        'demo-2025-000205,1103,2025-03-22,voksne,Bolig med fast bemanning,"53,7"',
    ),
    (
        "seeds/submissions/reviews.csv",
        "2025,demo-2025-000055,",
        "2025,demo-2025-000208,adults,correct,Bolig med fast bemanning,aarsverk_b,"
        '"39,6","35,6",2025-05-09,fagansvarlig,Bekreftet på telefon.\n'
        "2025,demo-2025-000055,",
    ),
    (
        "seeds/reference/population.csv",
        "2025,1108,84908,19918,64990",
        "2025,1108,83908,19918,63990",
    ),
    (
        "seeds/reference/population.csv",
        "2025,1124,29153,6779,22374",
        "2025,1124,30153,6779,23374",
    ),
    ("dbt_project.yml", "districts_shown_from: 2017", "districts_shown_from: 2016"),
]

HOLDER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(*connection.execute(
        "select max(release_version), (select count(*) from marts.fct_fte) "
        "from marts.dim_release"
    ).fetchone(), flush=True)
"""


@pytest.fixture(scope="session")
def releases(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Publish the session's build, then `make publish` one with other inputs.

    The second one is the whole road, in a project of its own, while a separate
    process holds the first release open.
    """
    return Releases(
        made_once(tmp_path_factory, "releases", lambda root: publish_two(build, root))
    )


def publish_two(build: Build, root: Path) -> None:
    """Publish twice, and write down what was seen."""
    from arsverk.release import Publisher
    from publishing import green, named

    nodes = json.loads(build.manifest.read_text())["nodes"]
    file = named(build.duckdb, root / "arsverk.duckdb", "2026.1", "2026-11-22")
    publisher = Publisher(root)
    with duckdb.connect(str(file), read_only=True) as connection:
        publisher.publish(connection, nodes, green(nodes))
    publisher.close()

    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, root / "published" / "arsverk.duckdb"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask() -> str:
        holder.stdin.write("\n")
        holder.stdin.flush()
        return holder.stdout.readline().strip()

    held = [ask()]
    project = copy_project(root / "project")
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "LICENSE-DATA.md"):
        shutil.copy2(ROOT / name, project / name)
    for name, old, new in CHANGES:
        text = (project / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (project / name).write_text(text.replace(old, new), encoding="utf-8")
    process = make(
        *("publish", "VERSION=2026.2", "DATE=2026-12-01", "COMMIT=def5678-dirty"),
        project=project,
        releases=root,
    )
    assert process.returncode == 0, process.stdout[-8000:] + process.stderr
    held.append(ask())
    # Its own tests have just run.
    process_of_build = make(
        "build", project=project, releases=root, DBT_EXCLUDE_RESOURCE_TYPES="unit_test"
    )
    assert process_of_build.returncode == 0, process_of_build.stdout[-8000:]
    held.append(ask())
    holder.stdin.close()
    assert holder.wait() == 0
    told = {"output": process.stdout, "held": held}
    (root / "told.json").write_text(json.dumps(told), encoding="utf-8")


def make(
    *arguments: str, project: Path, releases: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run make in a copy of the project, with the environment that is there."""
    return subprocess.run(
        [
            # Silent of folders also when the tests themselves were run by make.
            *("make", "--no-print-directory", f"VENV={sys.prefix}"),
            f"--assume-old={sys.prefix}/.ready",
            *arguments,
        ],
        cwd=project,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("MAKE")},
            "ARSVERK_RELEASES": str(releases),
            "DBT_USE_COLORS": "false",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
