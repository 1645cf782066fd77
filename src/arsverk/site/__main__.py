"""Write the pages of what is published, or of the newest build.

    make site                   what is published; nothing yet: the build, as a draft
    make site FROM=build        the build, as a draft
    make site FROM=2026.1       a release in ``releases/``

(or: python -m arsverk.site [FROM] [--out FOLDER])
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from arsverk.catalog import read_catalog
from arsverk.release import write_data
from arsverk.site.build import check_place, swap, write_site
from arsverk.site.content import PageError
from arsverk.working_file import path_of_working_file, why_not_open


@contextmanager
def release_of(source: str | None, aside: Path) -> Iterator[Path]:
    """Yield the folder of a release; of a build, one made for the moment.

    Raises:
        OSError: there is no such release, or no build.
    """
    root = Path(os.environ.get("ARSVERK_RELEASES", "."))
    published = root / "published"
    if source not in (None, "build"):
        release = root / "releases" / source
        if not (release / "arsverk.duckdb").exists():
            raise FileNotFoundError(
                f"{release} is no release. `ls {root / 'releases'}` lists them."
            )
        yield release
    elif source is None and published.exists():
        yield published.resolve()
    else:
        try:
            yield draft_of_build(aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def draft_of_build(folder: Path) -> Path:
    """Write what a release of the newest build would hold.

    Raises:
        OSError: nothing is built, or it cannot be read.
    """
    file = path_of_working_file()
    manifest = Path(os.environ.get("DBT_TARGET_PATH", "target")) / "manifest.json"
    if not file.exists() or not manifest.exists():
        raise FileNotFoundError(
            f"{file} or {manifest} is not there. Run `make build` first."
        )
    folder.mkdir(parents=True)
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    try:
        connection = duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        raise OSError(why_not_open(file, error)) from error
    with connection:
        write_data(folder, connection, read_catalog(connection, nodes))
    return folder


def main(arguments: list[str] | None = None) -> int:
    """Write the pages; return the exit code.

    1: a page was refused. 2: what they are made from cannot be read, or they cannot
    be written.
    """
    parser = argparse.ArgumentParser(description="Write the published pages.")
    parser.add_argument(
        "source", nargs="?", help="a version, or build; default: what is published"
    )
    parser.add_argument("--out", type=Path, default=Path("target/site"))
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    out = options.out.absolute()
    aside = out.with_name(f".{out.name}-building-{os.getpid()}")
    draft = out.with_name(f".{out.name}-draft-{os.getpid()}")
    try:
        check_place(out)
        with (
            release_of(options.source or None, draft) as release,
            Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=console,
            ) as bar,
        ):
            task = bar.add_task("Pages", total=None)
            n_pages = write_site(
                aside,
                release,
                lambda done, of: bar.update(task, completed=done, total=of),
            )
            swap(aside, out)
    except (PageError, LookupError) as error:
        print(f"No pages were written: {error}", file=sys.stderr)
        return 1
    except (duckdb.Error, OSError) as error:
        print(f"No pages were written: {error}", file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(draft, ignore_errors=True)
    what = "a draft" if release == draft else f"release {release.name}"
    print(f"{n_pages} pages of {what}: {out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
