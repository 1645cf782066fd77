"""Publishing is whole or not at all, whoever is killed, races or reads."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest

from arsverk.release import Publisher
from arsverk.release_checks import (
    NotPublishedError,
    Outcome,
    check_outcomes,
    read_checksums,
    reproducible,
    sha256,
)
from conftest import ROOT, Build, copy_project, run_dbt
from publishing import FEW, STEPS, green, named, one_page, only_few, shrunk
from running import change

HERE = ROOT / "tests"


class Small:
    """A working file of a few marts, with some rows of one year, and its nodes."""

    def __init__(self, build: Build, folder: Path) -> None:
        self.file = shrunk(build.duckdb, folder / "arsverk.duckdb", of=FEW)
        self.nodes = only_few(nodes_of(build))
        self.described = folder / "nodes.json"
        self.described.write_text(json.dumps(self.nodes), encoding="utf-8")
        # The root of a first release, of which tests begin with a copy.
        self.first = folder / "first"
        # What starts processes that publish.
        self.starter = subprocess.Popen(
            [sys.executable, HERE / "publishing.py"], stdin=subprocess.PIPE, text=True
        )

    def named(self, path: Path, version: str, published: Path | None = None) -> Path:
        """Copy the file, as that of a release."""
        return named(self.file, path, version, "2026-11-22", published)

    def publish(self, file: Path, root: Path) -> Path:
        """Publish a file in this process."""
        with duckdb.connect(str(file), read_only=True) as connection:
            return Publisher(root).publish(
                connection, self.nodes, green(self.nodes), pages=one_page
            )


@pytest.fixture(scope="module")
def small(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """Return what is published here."""
    small = Small(build, tmp_path_factory.mktemp("small"))
    yield small
    small.starter.stdin.close()
    small.starter.wait()


class Publishing:
    """A process that is ready to publish, or to be killed before a step."""

    def __init__(self, small: Small, root: Path, number: int, step: str = "") -> None:
        asked = {"source": str(small.file), "nodes": str(small.described)}
        asked |= {"root": str(root), "number": number, "step": step}
        with tempfile.TemporaryDirectory() as folder:
            pipes = {name: f"{folder}/{name}" for name in ("go", "told")}
            for pipe in pipes.values():
                os.mkfifo(pipe)
            small.starter.stdin.write(json.dumps(asked | pipes) + "\n")
            small.starter.stdin.flush()
            self.sent = open(pipes["go"], "w")  # noqa: SIM115, closed at the end
            self.heard = open(pipes["told"])  # noqa: SIM115
        said, number_of_process = self.heard.readline().split()
        assert said == "ready"
        self.process = int(number_of_process)

    def go(self) -> None:
        """Let it publish."""
        print(file=self.sent, flush=True)

    def kill(self) -> None:
        """Kill it, if it has not ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)

    def end(self) -> str:
        """Wait for its end; return what it said, which is nothing if it was killed."""
        said = self.heard.read().strip()
        self.heard.close()
        with contextlib.suppress(BrokenPipeError):
            self.sent.close()
        return said


def told(small: Small, root: Path, number: int) -> str:
    """Publish, and return what came of it."""
    publishing = Publishing(small, root, number)
    publishing.go()
    return publishing.end()


def publish(small: Small, root: Path, number: int) -> None:
    """Publish, and see that it worked."""
    if number == 1 and small.first.exists():
        copy_releases(small.first, root)
        (root / "published").symlink_to("releases/v1")
        return
    assert told(small, root, number) == "published"
    if number == 1:
        copy_releases(root, small.first)


def copy_releases(root: Path, other: Path) -> None:
    """Copy releases to another root, without the lock that only one can have."""
    shutil.copytree(
        root / "releases",
        other / "releases",
        copy_function=os.link,
        ignore=shutil.ignore_patterns(".lock"),
    )


def is_whole(folder: Path) -> bool:
    """Whether every file of a release is what its checksum says."""
    return all(
        sha256(folder / name) == digest
        for name, digest in read_checksums(folder).items()
    )


@contextlib.contextmanager
def read_meanwhile(root: Path) -> Iterator[Callable[[], list[dict]]]:
    """Let two readers query in a loop; what ends them returns what they told."""
    stop = root / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, HERE / "reading.py", kind, root, stop],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind in ("duckdb", "files")
    ]

    def end() -> list[dict]:
        stop.touch()
        told = []
        for reader in readers:
            output, errors = reader.communicate()
            assert reader.returncode == 0, errors
            told.append(json.loads(output))
        return told

    try:
        yield end
    finally:
        for reader in readers:
            reader.kill()


def check_nothing_is_left(root: Path) -> None:
    """Whatever the killed ones left behind is gone."""
    assert [path.name for path in (root / "releases").glob(".building-*")] == []
    assert list(root.glob(".published-*")) == []


def test_a_publisher_killed_at_any_step_leaves_the_old_release_or_the_new_one(
    small: Small, tmp_path: Path
) -> None:
    publish(small, tmp_path, 1)
    link, before = tmp_path / "published", "v1"
    with read_meanwhile(tmp_path) as end:
        for number, step in enumerate(STEPS, start=2):
            publishing = Publishing(small, tmp_path, number, step)
            publishing.go()
            assert publishing.end() == "", step
            now = link.resolve().name
            # The link is swapped by one rename, the last step but one.
            assert now == (f"v{number}" if step == "sync root" else before), step
            assert is_whole(link.resolve()), step
            before = now
        publish(small, tmp_path, len(STEPS) + 2)
        time.sleep(1)
        for reader in end():
            assert reader["n_reads"] > 10
            assert f"v{len(STEPS) + 2}" in reader["seen"]
    check_nothing_is_left(tmp_path)


@pytest.mark.long
def test_a_publisher_killed_at_random_leaves_the_old_release_or_the_new_one(
    small: Small, tmp_path: Path
) -> None:
    for number in (1, 2):
        publish(small, tmp_path, number)
    publishing = Publishing(small, tmp_path, 3)
    begun = time.monotonic()
    publishing.go()
    assert publishing.end() == "published"
    duration = time.monotonic() - begun
    moments = random.Random(20261122)
    link = tmp_path / "published"
    n_killed, outcomes, number, before = 0, set(), 3, "v3"
    with read_meanwhile(tmp_path) as end:
        while n_killed < 20 or len(outcomes) < 2:
            assert number < 80, "publishing is never reached, or always"
            number += 1
            publishing = Publishing(small, tmp_path, number)
            publishing.go()
            # Later moments come more often: the renames are at the end. Where that is
            # changes with what else the machine does.
            moment = duration * 1.1 * moments.random() ** 0.5
            time.sleep(moment)
            publishing.kill()
            if publishing.end() == "":
                n_killed += 1
                duration = max(duration, moment)
            else:
                duration *= 0.9
            now = link.resolve().name
            assert now in (before, f"v{number}")
            assert is_whole(link.resolve())
            outcomes.add(now == before)
            before = now
        publish(small, tmp_path, number + 1)
        time.sleep(1)
        for reader in end():
            assert reader["n_reads"] > 20
            assert f"v{number + 1}" in reader["seen"]
    check_nothing_is_left(tmp_path)


def test_the_same_build_gives_the_same_files(small: Small, tmp_path: Path) -> None:
    """Every file but DuckDB's own, whose rows are those of its Parquet files."""
    file = small.named(tmp_path / "arsverk.duckdb", "v1")
    one, other = (reproducible(small.publish(file, tmp_path / x)) for x in "ab")
    assert one == other
    assert len(one) > 35


def test_of_two_publishers_one_wins_and_the_other_is_told(
    small: Small, tmp_path: Path
) -> None:
    both = [Publishing(small, tmp_path, number) for number in (1, 2)]
    for publishing in both:
        publishing.go()
    said = [publishing.end() for publishing in both]
    winner = said.index("published") + 1
    assert "Somebody else is publishing" in said[2 - winner]
    assert (tmp_path / "published").resolve().name == f"v{winner}"
    assert [p.name for p in (tmp_path / "releases").glob("v*")] == [f"v{winner}"]


def test_a_release_that_was_stopped_before_the_link_is_taken_up_again(
    small: Small, tmp_path: Path
) -> None:
    """Written and renamed, but not yet linked: the same again goes through."""
    for number in (1, 2):
        publish(small, tmp_path, number)
    link = tmp_path / "published"
    link.unlink()
    link.symlink_to("releases/v1")
    publish(small, tmp_path, 2)
    assert link.resolve().name == "v2"
    # Also when the folder was damaged since: what was verified takes its place.
    link.unlink()
    link.symlink_to("releases/v1")
    (tmp_path / "releases/v2/arsverk.duckdb").write_text("spoiled")
    (tmp_path / "releases/v2/parquet/dim_year.parquet").unlink()
    publish(small, tmp_path, 2)
    assert is_whole(link.resolve())
    # Another content under the same name does not.
    link.unlink()
    link.symlink_to("releases/v1")
    (tmp_path / "releases/v2/SHA256SUMS").write_text("0  README.md\n")
    assert "holds something else" in told(small, tmp_path, 2)
    assert link.resolve().name == "v1"


def nodes_of(build: Build) -> dict:
    """Return dbt's nodes."""
    return json.loads(build.manifest.read_text())["nodes"]


@pytest.mark.parametrize("status", ["fail", "error", "warn", "skipped"])
def test_nothing_is_published_unless_all_is_green(build: Build, status: str) -> None:
    nodes = nodes_of(build)
    outcomes = green(nodes)
    check_outcomes(nodes, outcomes)
    outcomes[7] = Outcome(outcomes[7].node, status)
    with pytest.raises(NotPublishedError, match=f"{status}: {outcomes[7].node}"):
        check_outcomes(nodes, outcomes)


def test_nothing_is_published_of_a_part_of_a_build(build: Build) -> None:
    nodes = nodes_of(build)
    (*outcomes, missing) = green(nodes)
    with pytest.raises(
        NotPublishedError, match=f"1 nodes were not run.\n  {missing.node}"
    ):
        check_outcomes(nodes, outcomes)
    with pytest.raises(NotPublishedError, match="only a whole build"):
        check_outcomes({}, [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("delete from marts.dim_release", "another release: none instead of v1"),
        (
            "update marts.dim_release set released_on = '2026-11-21' "
            "where release_version = 'v2'",
            "2026-11-21 is before 2026-11-22, that of the newest",
        ),
        ("update marts.dim_release set code_commit = null", "commit of the code"),
        (
            "update marts.dim_release set release_version = 'v1' "
            "where release_version = 'v2'",
            "v1 is published already",
        ),
    ],
)
def test_a_release_that_could_not_be_told_from_others_is_refused(
    small: Small, tmp_path: Path, change: str, message: str
) -> None:
    publish(small, tmp_path, 1)
    file = small.named(tmp_path / "arsverk.duckdb", "v2", tmp_path / "published")
    with duckdb.connect(str(file)) as connection:
        if change.startswith("delete"):
            connection.execute("delete from marts.dim_release where release_number = 1")
            connection.execute("update marts.dim_release set previous_version = null")
        elif "'v1'" in change:
            connection.execute("delete from marts.dim_release where release_number = 1")
            connection.execute(change)
        else:
            connection.execute(change)
    with pytest.raises(NotPublishedError, match=message):
        small.publish(file, tmp_path)
    assert (tmp_path / "published").resolve().name == "v1"
    assert not (tmp_path / "releases" / "v2").exists()


def test_what_is_not_as_it_should_be_is_found_before_it_is_published(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that lost a row on its way, and a log that was left behind."""
    publish(small, tmp_path, 1)
    file = small.named(tmp_path / "arsverk.duckdb", "v2", tmp_path / "published")
    spoiled = []

    def spoil(folder: Path) -> None:
        path = folder / "csv" / "dim_year.csv"
        path.write_text("".join(path.read_text().splitlines(True)[:-1]))
        (folder / "arsverk.duckdb.wal").write_text("")
        with duckdb.connect(str(folder / "arsverk.duckdb")) as connection:
            connection.execute("delete from marts.fct_collection_status")
        (folder / "arsverk.duckdb.wal").write_text("")
        write_checksums(folder)
        (folder / "README.md").write_text("something else")
        spoiled.append(folder)

    from arsverk import release

    write_checksums = release.write_checksums
    monkeypatch.setattr(release, "write_checksums", spoil)
    with pytest.raises(NotPublishedError) as error:
        small.publish(file, tmp_path)
    told = str(error.value)
    assert "arsverk.duckdb.wal" in told
    assert "README.md has another checksum" in told
    assert "CSV has 10 rows of dim_year, the build 11" in told
    assert "arsverk.duckdb has 0 rows of fct_collection_status" in told
    assert len(spoiled) == 1
    assert (tmp_path / "published").resolve().name == "v1"


def test_only_what_this_build_made_is_published(small: Small, tmp_path: Path) -> None:
    """Tables and views that an earlier state of the project left behind are not."""
    file = small.named(tmp_path / "arsverk.duckdb", "v1")
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table marts.fct_left_behind as select 99.99 as fte")
        connection.execute("create view labelled.left_behind as select 1 as n")
    folder = small.publish(file, tmp_path)
    assert not [name for name in read_checksums(folder) if "left_behind" in name]
    with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as release:
        assert "left_behind" not in str(
            release.execute("from duckdb_tables()").fetchall()
            + release.execute("from duckdb_views()").fetchall()
        )
    with duckdb.connect(str(file)) as connection:
        connection.execute("drop table marts.fct_collection_status")
    with pytest.raises(NotPublishedError, match="left no fct_collection_status"):
        small.publish(file, tmp_path / "other")


def test_a_history_does_not_begin_again_when_the_link_is_lost(
    small: Small, tmp_path: Path
) -> None:
    publish(small, tmp_path, 1)
    (tmp_path / "published").unlink()
    with pytest.raises(NotPublishedError, match=r"There are releases \(v1\)"):
        Publisher(tmp_path).check_version("v2", "2026-11-22", "abc1234")
    # The one that was stopped before its link is let through.
    Publisher(tmp_path).check_version("v1", "2026-11-22", "abc1234")


@pytest.mark.parametrize("version", ["../x", "", ".hidden", "a/b", "a b", "æ"])
def test_a_version_is_the_name_of_a_folder(tmp_path: Path, version: str) -> None:
    with pytest.raises(NotPublishedError, match="cannot be the name of a folder"):
        Publisher(tmp_path).check_version(version, "2026-11-22", "abc1234")


def test_published_must_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    with pytest.raises(NotPublishedError, match="is no link"):
        Publisher(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--vars", "{release_version: '2026.1'}"],
            "A release needs a version, a date",
        ),
        (
            ["--select", "dim_year", "--empty"],
            "Only a whole build is published. Leave out --select and --empty.",
        ),
        # Without quotes a number, and not this one.
        (["--vars", "{release_version: 2026.10}"], "release_version is '2026.1'"),
    ],
)
def test_what_could_not_be_published_is_refused_before_anything_is_built(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    process = run_dbt("build", "--target", "release", *arguments, target=tmp_path)
    assert process.returncode != 0
    assert message in " ".join(process.stdout.split())
    assert "Traceback" not in process.stdout + process.stderr
    with duckdb.connect(str(tmp_path / "arsverk.duckdb"), read_only=True) as file:
        assert file.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
    assert not (tmp_path / "published").exists()


def test_what_became_of_every_node_is_handed_to_the_publisher() -> None:
    """By the macro that runs when a build has ended."""
    handed = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals |= {
        **{"execute": True, "project_name": "arsverk", "return": lambda value: value},
        **{"var": str, "releases_root": str, "log": lambda *_, **__: None},
        "flags": {"WHICH": "build"},
        "target": {"name": "release"},
        "graph": {"nodes": {"model.a": {}}},
        "api": SimpleNamespace(Relation=SimpleNamespace(create=dict)),
        "adapter": SimpleNamespace(
            config=SimpleNamespace(project_root=""),
            store_relation=lambda *given: handed.append(given[-1]),
        ),
    }
    folder = ROOT / "macros" / "publishing"
    macros = "".join(
        (folder / f"{name}.sql").read_text(encoding="utf-8")
        for name in ("is_release", "ask_publisher", "publish")
    )
    statuses = ["success", "pass", "fail", "error", "skipped", "warn"]
    environment.from_string(macros).module.publish(
        [
            SimpleNamespace(
                node=SimpleNamespace(unique_id=f"of {status}"), status=status
            )
            for status in statuses
        ]
    )
    (asked,) = handed
    assert asked["step"] == "publish"
    assert asked["nodes"] == {"model.a": {}}
    assert asked["outcomes"] == [(f"of {status}", status) for status in statuses]


@pytest.mark.long
def test_a_dbt_build_with_a_failed_test_publishes_nothing(tmp_path: Path) -> None:
    """A list with a row twice, which the first tests find."""
    project = copy_project(tmp_path / "project")
    path = project / "seeds" / "reference" / "target_groups.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    process = run_dbt(
        *("build", "--target", "release", "--fail-fast", "--vars"),
        "{release_version: a, release_date: 2026-11-22, code_commit: abc1234}",
        target=tmp_path,
        project=project,
    )
    assert process.returncode != 0
    told = process.stdout
    assert "Nothing was published: " in told
    assert "fail: test.arsverk.target_groups_has_one_row_per_key" in told
    assert not (tmp_path / "published").exists()
    assert [path.name for path in (tmp_path / "releases").iterdir()] == [".lock"]


def test_a_dbt_build_is_told_that_somebody_else_is_publishing(tmp_path: Path) -> None:
    other = Publisher(tmp_path)
    process = run_dbt(
        *("build", "--target", "release", "--vars"),
        "{release_version: a, release_date: 2026-11-22, code_commit: abc1234}",
        target=tmp_path,
    )
    other.close()
    assert process.returncode != 0
    assert "Somebody else is publishing" in process.stdout
    assert not (tmp_path / "published").exists()


def test_a_build_during_which_a_file_changed_is_not_published(tmp_path: Path) -> None:
    # They take a second to import.
    from dbt_common.exceptions import DbtRuntimeError

    from arsverk.dbt_release import Plugin

    project = copy_project(tmp_path / "project")
    plugin = Plugin("dbt_release", {})
    release = {"version": "a", "date": "2026-11-22", "commit": "abc1234"}
    asked = {"root": str(tmp_path), "project": str(project)}
    plugin.store(SimpleNamespace(config={**asked, **release, "step": "begin"}))
    change(project, "seeds/reference/series.csv", ("legacy,2015", "legacy,2014"))
    with pytest.raises(DbtRuntimeError, match="Changed during the build: seeds/ref"):
        plugin.store(SimpleNamespace(config={**asked, "step": "publish"}))
    assert not (tmp_path / "published").exists()
