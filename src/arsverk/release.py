"""Turn a finished build into a release: written aside, verified, swapped in whole.

``releases/<version>`` holds a release; the link ``published`` leads to the newest.
Nothing is published unless every node of a whole build is green. Whoever is killed
at any moment leaves the old release or the new one, since readers go through the
link, and the link is replaced by one rename. docs/releases.md describes it all.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from arsverk.catalog import Catalog, read_catalog
from arsverk.data_package import write_data_package, write_readme
from arsverk.json_stat import write_json_stat
from arsverk.release_checks import (
    NotPublishedError,
    Outcome,
    check_outcomes,
    checksums_as_written,
    files_of,
    reproducible,
    verify,
    write_checksums,
)
from arsverk.release_tables import write_csv, write_duckdb, write_parquet
from arsverk.revisions import write_changes
from arsverk.site.build import write_site
from arsverk.site.content import PageError

ASIDE = ".building-"


class Publisher:
    """The one who may publish into a folder, as long as the process lives.

    Args:
        root: the folder that holds ``releases/`` and the link ``published``.

    Raises:
        NotPublishedError: somebody else is publishing there, ``published`` is not a
            link, or the folder cannot be written to.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.releases = self.root / "releases"
        self.link = self.root / "published"
        try:
            self._begin()
        except OSError as error:
            raise NotPublishedError(
                f"Nothing was published: {self.releases} cannot be written to"
                f" ({error}). Make room or give yourself the right to, or publish"
                " elsewhere: ARSVERK_RELEASES=…"
            ) from error

    def _begin(self) -> None:
        """Take the lock, and clear away what somebody who was killed left."""
        self.releases.mkdir(parents=True, exist_ok=True)
        if self.link.exists() and not self.link.is_symlink():
            raise NotPublishedError(
                f"{self.link} is no link, so it cannot be swapped. Move it away."
            )
        # The system lets go of the lock when the process ends, however it ends.
        self._lock = (self.releases / ".lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            other = self._lock.read().strip() or "another one"
            self._lock.close()
            raise NotPublishedError(
                f"Somebody else is publishing into {self.root} (process {other}). "
                "Nothing was published here: wait until that is done, and start again."
            ) from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        for leftover in [
            *self.releases.glob(f"{ASIDE}*"),
            *self.root.glob(".published-*"),
        ]:
            if leftover.is_symlink() or leftover.is_file():
                leftover.unlink()
            else:
                shutil.rmtree(leftover)

    def close(self) -> None:
        """Let others publish."""
        self._lock.close()

    def published_version(self) -> str | None:
        """Return the version that ``published`` leads to."""
        return self.link.resolve().name if self.link.is_symlink() else None

    def check_version(self, version: str, date: str | None, commit: str | None) -> None:
        """Refuse a release that could not be told from others, before it is built.

        Raises:
            NotPublishedError: version, date or commit is missing, or the version is
                published already.
        """
        if version == "unreleased" or not date or not commit:
            raise NotPublishedError(
                "A release needs a version, a date and the commit of the code: the "
                "vars release_version, release_date and code_commit. `make publish "
                "VERSION=2026.1` gives all three; outside git, add COMMIT=…"
            )
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}", version):
            raise NotPublishedError(
                f"{version!r} cannot be the name of a folder: letters, digits, dots "
                "and hyphens can."
            )
        so_far = self._published_so_far()
        if version in so_far:
            raise NotPublishedError(
                f"{version} is published already, and a release never changes. "
                "Take a new version."
            )
        others = {path.parent.name for path in self.releases.glob("*/SHA256SUMS")} - {
            version
        }
        if others and not self.link.is_symlink():
            raise NotPublishedError(
                f"There are releases ({', '.join(sorted(others))}), but the link "
                f"{self.link} is gone. Point it to the newest, so that the history "
                "goes on: ln -s releases/<version> published"
            )
        newest = max(so_far.values(), default="")
        if date < newest:
            raise NotPublishedError(
                f"The date {date} is before {newest}, that of the newest release. "
                "Give a later one."
            )

    def publish(
        self,
        connection: duckdb.DuckDBPyConnection,
        nodes: Mapping[str, Any],
        outcomes: Iterable[Outcome],
        licence: Path | None = None,
        pages: Callable[[Path, Path], object] = write_site,
    ) -> Path:
        """Publish what a build left in its working file.

        Args:
            connection: to the working file; only read.
            nodes: dbt's nodes (``graph.nodes``, or those of ``manifest.json``).
            outcomes: what each node of the build ended with.
            licence: a text to put beside the data.
            pages: what writes pages into a folder, from the folder of a release.

        Returns:
            The folder of the release.

        Raises:
            NotPublishedError: something is not green or not whole; the release
                before stays as it was.
        """
        check_outcomes(nodes, outcomes)
        try:
            catalog = read_catalog(connection, nodes)
        except LookupError as error:
            raise NotPublishedError(f"Nothing was published: {error}") from error
        release = catalog.release
        self._check_release(catalog)
        folder = self.releases / release.version
        aside = self.releases / f"{ASIDE}{release.version}"
        with made_whole(aside):
            write_files(aside, connection, catalog, nodes)
            try:
                pages(aside / "pages", aside)
            except PageError as error:
                raise NotPublishedError(f"Nothing was published: {error}") from error
            if licence:
                shutil.copyfile(licence, aside / licence.name)
            write_checksums(aside)
            verify(aside, connection, catalog)
            make_durable(aside)
        if folder.exists():
            # Somebody was stopped between the two renames below, or took the
            # link back to an earlier release. What was verified takes its place.
            if checksums_as_written(folder) != reproducible(aside):
                shutil.rmtree(aside)
                raise NotPublishedError(
                    f"{folder} is there already, is not published and holds something "
                    "else. Take a new version, or remove that folder."
                )
            folder.rename(self.releases / f"{ASIDE}replaced-{release.version}")
        aside.rename(folder)
        sync(self.releases)
        self._swap_link(release.version)
        return folder

    def _published_so_far(self) -> dict[str, str]:
        """Return the dates of the releases up to the published one, by version."""
        if not self.link.is_symlink():
            return {}
        file = self.link / "parquet" / "dim_release.parquet"
        try:
            rows = duckdb.execute(
                """select release_version, cast(released_on as varchar)
                from read_parquet(?)""",
                [str(file)],
            ).fetchall()
        except duckdb.Error as error:
            raise NotPublishedError(
                f"The published release cannot be read: {error}. Point the link "
                f"{self.link} to a whole release."
            ) from error
        return dict(rows)

    def _check_release(self, catalog: Catalog) -> None:
        release = catalog.release
        self.check_version(
            release.version,
            release.date.isoformat() if release.date else None,
            release.commit,
        )
        published = self.published_version()
        if release.previous_version != published:
            raise NotPublishedError(
                "The build compared itself with another release: "
                f"{release.previous_version or 'none'} instead of {published or 'none'}"
                ", which is published now. Build again."
            )

    def _swap_link(self, version: str) -> None:
        """Point ``published`` to a release, by one rename."""
        aside = self.root / f".published-{os.getpid()}"
        aside.symlink_to(Path("releases") / version)
        os.replace(aside, self.link)
        sync(self.root)


@contextmanager
def made_whole(folder: Path) -> Iterator[None]:
    """Make a folder, and take it away again when it cannot be filled.

    Raises:
        NotPublishedError: the disk is full, or something cannot be written.
    """
    try:
        folder.mkdir()
        yield
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError | duckdb.IOException):
            raise NotPublishedError(
                f"Nothing was published: {folder} could not be written, and was taken"
                f" away again ({error}). A release needs some 200 MB there and in"
                f" {tempfile.gettempdir()}: make room, or publish elsewhere with"
                " ARSVERK_RELEASES=…"
            ) from error
        raise


def write_files(
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    catalog: Catalog,
    nodes: Mapping[str, Any],
) -> None:
    """Write all files of a release but the pages and the checksums."""
    write_data(folder, connection, catalog)
    with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as marts:
        write_changes(folder / "CHANGES.md", marts)
    write_data_package(folder, catalog, nodes)
    write_readme(folder, catalog)


def write_data(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Write the figures in every format."""
    # The Parquet files are what everything else is made from.
    write_parquet(folder, connection, catalog)
    write_duckdb(folder, catalog)
    with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as marts:
        write_csv(folder, marts, catalog)
        write_json_stat(folder / "json-stat", marts, catalog)


def sync(path: Path) -> None:
    """Have the system write a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_durable(folder: Path) -> None:
    """Have the system write a whole folder to the disk."""
    for path in files_of(folder):
        sync(path)
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            sync(path)
