"""Write the pages: aside, and in the place of the old ones only when all are there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path, PurePosixPath

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from arsverk.project_sql import create_views
from arsverk.site.content import Content, PageError
from arsverk.site.edition import Download, Page, path_of_page, relative
from arsverk.site.figures import COLOURS, DASHES
from arsverk.site.pages import Pages
from arsverk.site.words import LANGUAGES, number, visible
from arsverk.site.workbook import write_workbook
from arsverk.wording import say
from arsverk.working_file import Marts

# Told after each page: how many of how many.
Progress = Callable[[int, int], None]


def write_site(folder: Path, release: Path, progress: Progress | None = None) -> int:
    """Write all pages of a release into an empty folder.

    Args:
        folder: where to; made if it is not there.
        release: the folder of a release, with its DuckDB file and the others.
        progress: what is told after each page.

    Returns:
        The number of pages.

    Raises:
        PageError: a page cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(release / "arsverk.duckdb"), read_only=True) as connection:
        create_views(connection, "publishing/pages")
        content = Content(Marts(connection))
        downloads = write_downloads(folder, release, connection)
    copy_assets(folder)
    every: list[tuple[Page, Callable[[Page], str]]] = []
    for language in LANGUAGES:
        pages = Pages(content, language, downloads)
        render = renderer(pages)
        every += [(page, render) for page in pages.all()]
    for n, (page, render) in enumerate(every, start=1):
        write_page(folder, page, render(page))
        if progress:
            progress(n, len(every))
    write_list(folder)
    return len(every)


def write_page(folder: Path, page: Page, text: str) -> None:
    """Write a page, and nothing outside the folder.

    Raises:
        PageError: the path leads out of the folder.
    """
    path = PurePosixPath(page.path)
    if path.is_absolute() or ".." in path.parts:
        raise PageError(f"{page.path!r} leads out of the folder of the pages.")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def renderer(pages: Pages) -> Callable[[Page], str]:
    """Return what turns the pages of a language into HTML."""
    environment = Environment(
        loader=PackageLoader("arsverk.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=visible,
    )
    language = pages.language
    environment.globals |= {
        "language": language,
        "other_language": pages.other,
        "t": pages.t,
        "own": pages.own,
        "own_attribute": lambda one, name: getattr(one, f"{name}_{language}"),
        "page_path": partial(path_of_page, language),
        "home": path_of_page(language, "indicator"),
        "size": partial(size, language),
        "colours": COLOURS,
        "dashes": DASHES,
    }

    def render(page: Page) -> str:
        stem = page.path.removesuffix(".html").replace("/", "-")
        return environment.get_template(page.template).render(
            page.values,
            url=partial(relative, page.path),
            file_stem=f"arsverk-{stem}",
            source=pages.source_of(page),
        )

    return render


def size(language: str, n_bytes: int) -> str:
    """Return the size of a file as people write it."""
    for limit, unit in ((1_000_000, "MB"), (1_000, "kB")):
        if n_bytes >= limit:
            return f"{number(round(n_bytes / limit), language)} {unit}"
    return f"{n_bytes} B"


def copy_assets(folder: Path) -> None:
    """Copy style, script and icon."""
    with as_file(files("arsverk.site") / "assets") as assets:
        shutil.copytree(
            assets, folder / "assets", ignore=shutil.ignore_patterns("README.md")
        )


# The files that are offered: where they lie in a release, and what they are.
OFFERED = (
    ("csv-excel-nb/indicator_wide.csv", "indicator-excel-nb.csv", "csv_excel"),
    ("csv/indicator_wide.csv", "indicator.csv", "csv"),
    ("parquet/fct_indicator.parquet", "indicator.parquet", "parquet"),
    ("arsverk.duckdb", "arsverk.duckdb", "duckdb"),
)


def write_downloads(
    folder: Path, release: Path, connection: duckdb.DuckDBPyConnection
) -> list[Download]:
    """Put the files that are offered beside the pages."""
    data = folder / "data"
    data.mkdir()
    found = []
    for language in LANGUAGES:
        path = data / f"indicator-{language}.xlsx"
        write_workbook(path, connection, language)
        found.append(download(path, folder, f"workbook_{language}"))
    for source, name, key in OFFERED:
        path = offer(release / source, data / name, release)
        found.append(download(path, folder, key))
    labels = {
        code: {"nb": nb, "en": en}
        for code, nb, en in connection.execute(
            "select series_code, name_nb, name_en from marts.dim_series"
        ).fetchall()
    }
    for source in sorted((release / "json-stat").glob("*.json")):
        series, language = source.stem.removeprefix("indicator_").rsplit("_", 1)
        path = offer(source, data / source.name, release)
        found.append(
            download(path, folder, f"json_stat_{language}", series=labels[series])
        )
    return found


def offer(source: Path, target: Path, release: Path) -> Path:
    """Put a file of the release beside the pages.

    Inside a release it takes no room twice. Elsewhere it is a copy: whoever writes to
    it does not write into the release.
    """
    if target.is_relative_to(release):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)
    return target


def download(
    path: Path, folder: Path, key: str, **values: Mapping[str, str]
) -> Download:
    """Return a file that can be downloaded, and what it is in both languages."""
    # DuckDB's own file is not the same size whenever it is written.
    n_bytes = None if path.suffix == ".duckdb" else path.stat().st_size
    names = [
        say(
            f"download.{key}",
            language,
            **{name: by_language[language] for name, by_language in values.items()},
        )
        for language in LANGUAGES
    ]
    return Download(path.relative_to(folder).as_posix(), *names, n_bytes)


# Lists what was written, so that nothing else is ever replaced.
LIST = ".pages"


def write_list(folder: Path) -> None:
    """Write down which files the pages are."""
    names = sorted(path.relative_to(folder).as_posix() for path in files_in(folder))
    (folder / LIST).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def files_in(folder: Path) -> list[Path]:
    """Return what is no folder, in a folder and those in it."""
    return [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]


def check_place(place: Path) -> None:
    """Refuse to put pages where somebody's other files are.

    Raises:
        PageError: the place is no folder, or holds what is no page.
    """
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise PageError(f"{place} is no folder of its own. Give another one.")
    if not place.exists():
        return
    listed = place / LIST
    known = set(listed.read_text("utf-8").splitlines()) if listed.is_file() else set()
    found = {path.relative_to(place).as_posix() for path in files_in(place)}
    others = sorted(found - known - {LIST})
    if others:
        named = ", ".join(others[:3])
        raise PageError(
            f"{place} holds files that are no pages of ours ({named}), and all of it "
            "would be replaced. Give an empty folder, or a new one."
        )


def swap(aside: Path, place: Path) -> None:
    """Put a finished folder in the place of an old one, whole."""
    old = place.with_name(f".{place.name}-old-{os.getpid()}")
    if place.exists():
        place.rename(old)
    try:
        aside.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    if old.exists():
        shutil.rmtree(old)
