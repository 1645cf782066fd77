"""What the tests share: a build that is published, a second release, what was parsed.

Each is made once, by the process of pytest that needs it first, and read only from then
on.
"""

import fcntl
import json
import multiprocessing.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pytest

from running import (
    OF_MAKE,
    ROOT,
    SERVER,
    change,
    copy_project,
    make,
    run_dbt,
    without_places,
)
from sites import Site, write_kinds

__all__ = ["ROOT", "copy_project", "make", "run_dbt"]
pytest_plugins = ["programs"]

# The files that take longest first, beside the one that publishes those that need no
# build: neither process waits for the build, or alone at the end.
ORDER = (
    *("test_release", "test_properties", "test_form_files", "test_new_year"),
    *("test_browsing", "test_demo", "test_pages_in_a_browser", "test_site"),
    *("test_publishing", "test_revisions", "test_form", "test_build"),
    *("test_what_people_type", "test_pages", "test_control", "test_seed_files"),
    *("test_vars", "test_received_files"),
)


# The category that a folder's tests have as their mark; others are named alike.
CATEGORY = {"rules": "sql", "in_memory": "sql"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder; put the files in the order they are begun in."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(CATEGORY.get(folder, folder))
    names = [*ORDER, ""]
    items.sort(key=lambda i: names.index(i.path.stem if i.path.stem in ORDER else ""))


# --- What is made once ------------------------------------------------------------


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


@pytest.fixture(scope="session", autouse=True)
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tell ``run_dbt`` how to have the project parsed; stop its server at the end."""

    def parse(target: Path) -> None:
        process = subprocess.run(
            [Path(sys.executable).with_name("dbt"), "--quiet", "parse"],
            cwd=ROOT,
            env={**without_places(), "DBT_TARGET_PATH": str(target)},
            check=False,
        )
        assert process.returncode == 0

    SERVER.parsed = lambda: made_once(tmp_path_factory, "parsed", parse)
    yield
    SERVER.stop()


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
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run ``make publish`` on a copy, once: every dbt test, and the first release."""

    def publish(root: Path) -> None:
        process = make(
            *("publish", "VERSION=2026.1", "DATE=2026-11-22", "COMMIT=abc1234"),
            project=copy_project(root / "project", *OF_MAKE),
            releases=root,
            # What is read of the log is not for debugging.
            DBT_LOG_LEVEL_FILE="info",
        )
        log = root / "project" / "logs" / "dbt.log"
        said = process.stdout + process.stderr
        logged = log.read_text(encoding="utf-8") if log.exists() else ""
        said += "\n".join(line for line in logged.splitlines() if "[debug" not in line)
        (root / "project" / "target").mkdir(exist_ok=True)
        (root / "project" / "target" / "output.txt").write_text(said, encoding="utf-8")
        assert process.returncode == 0, said[-8000:]

    return made_once(tmp_path_factory, "publication", publish)


@contextmanager
def held_open(*files: Path) -> Iterator[None]:
    """Keep DuckDB files open: opening one again in the same process takes no time."""
    with ExitStack() as stack:
        for file in files:
            stack.enter_context(duckdb.connect(str(file), read_only=True))
        yield


@pytest.fixture(scope="session")
def build(publication: Path) -> Iterator[Build]:
    """Return what the first release was made from: the demo, built with every test."""
    build = Build(publication / "project" / "target")
    with held_open(build.duckdb):
        yield build


@pytest.fixture(scope="session")
def site(publication: Path) -> Site:
    """Return the pages of the first release, all of them."""
    release = publication / "releases" / "2026.1"
    return Site(release / "pages", release)


@pytest.fixture(scope="session")
def copied(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a copy of the build for commands that write, which lock its file."""
    target = tmp_path_factory.mktemp("copied") / "target"
    target.mkdir()
    shutil.copy(build.duckdb, target)
    return Build(target)


@pytest.fixture(scope="session")
def docs(copied: Build) -> Path:
    """Write dbt's documentation as one file, which compiles the analyses too."""
    # All is described; only analyses are compiled, which nothing else does.
    process = run_dbt(
        *("docs", "generate", "--static", "--select", "resource_type:analysis"),
        target=copied.target,
    )
    assert process.returncode == 0, process.stdout[-8000:]
    return copied.target / "static_index.html"


class Releases:
    """Two releases, one after the other, while somebody holds the first one open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "project"
        told = json.loads((root / "told.json").read_text(encoding="utf-8"))
        # What `make publish` said of the first.
        self.output: str = told["output"]
        # What the holder read before and after the second release.
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
# Stavanger (10 person-years more), a reviewer's correction in Drammen (4 less), and
# inhabitants moved from Sandnes to Sola; districts are shown a year earlier too, by a
# var. Nothing published is about 2025.
CHANGES = {
    "seeds/submissions/submissions_2025.csv": [
        (
            'demo-2025-000205,1103,2025-03-22,voksne,Bolig med fast bemanning,"43,7"',
            'demo-2025-000205,1103,2025-03-22,voksne,Bolig med fast bemanning,"53,7"',
        )
    ],
    "seeds/submissions/reviews.csv": [
        (
            "2025,demo-2025-000055,",
            "2025,demo-2025-000208,adults,correct,Bolig med fast bemanning,aarsverk_b,"
            '"39,6","35,6",2025-05-09,fagansvarlig,Bekreftet på telefon.\n'
            "2025,demo-2025-000055,",
        )
    ],
    "seeds/reference/population.csv": [
        ("2025,1108,84908,19918,64990", "2025,1108,83908,19918,63990"),
        ("2025,1124,29153,6779,22374", "2025,1124,30153,6779,23374"),
    ],
}

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
def releases(
    publication: Path, build: Build, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Releases]:
    """Publish other inputs after the first release, while somebody holds that open."""
    releases = Releases(
        made_once(
            tmp_path_factory,
            "releases",
            lambda root: publish_second(publication, build, root),
        )
    )
    with held_open(
        *(releases.published / "arsverk.duckdb", releases.second / "arsverk.duckdb")
    ):
        yield releases


def publish_second(publication: Path, build: Build, root: Path) -> None:
    """Build in memory and publish a second time, and write down what was seen.

    Its pages are a few only: the first release has all of them.
    """
    from arsverk.release import Publisher
    from publishing import green

    shutil.copytree(publication / "releases", root / "releases", copy_function=os.link)
    (root / "published").symlink_to("releases/2026.1")
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
    project = copy_project(root / "project", *OF_MAKE)
    for name, replaced in CHANGES.items():
        change(project, name, *replaced)
    (project / "target").mkdir()
    second = Build(project / "target")
    build_in_memory(build, project, root, second.duckdb)
    nodes = json.loads(build.manifest.read_text(encoding="utf-8"))["nodes"]
    publisher = Publisher(root)
    with duckdb.connect(str(second.duckdb), read_only=True) as connection:
        publisher.publish(
            connection, nodes, green(nodes), ROOT / "LICENSE-DATA.md", write_kinds
        )
    publisher.close()
    held.append(ask())
    holder.stdin.close()
    assert holder.wait() == 0
    told = {"output": build.output, "held": held}
    (root / "told.json").write_text(json.dumps(told), encoding="utf-8")


def build_in_memory(build: Build, project: Path, releases: Path, file: Path) -> None:
    """Write a working file like that of the build, with the second release's marts."""
    from compiled_project import CompiledProject, compile_project
    from contract import CONTRACT

    manifest = compile_project(
        releases,
        CONTRACT,
        **{"release_version": "2026.2", "release_date": "2026-12-01"},
        **{"code_commit": "def5678-dirty", "districts_shown_from": 2016},
    )
    # The files that the compiled SQL reads are those of the copy.
    seeds = [json.dumps(str(folder / "seeds"))[1:-1] for folder in (ROOT, project)]
    manifest = json.loads(json.dumps(manifest).replace(*seeds))
    built = CompiledProject(manifest, CONTRACT, root=project)
    built.read_files()
    built.connection.execute(f"attach '{build.duckdb}' as first (read_only)")
    built.connection.execute(f"attach '{file}' as second")
    built.connection.execute("copy from database first to second (schema)")
    for table in CONTRACT:
        built.connection.execute(
            f"insert into second.marts.{table} by name from arsverk.marts.{table}"
        )
    built.connection.close()
