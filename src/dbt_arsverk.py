"""Looks, when dbt starts, at what dbt itself would meet with a traceback.

A module whose name begins with ``dbt_`` is asked before dbt reads the project. That is
before any macro can look at a seed file that is not UTF-8, and before dbt opens the
working file. What else can be wrong with a seed file is found by
macros/reading/check_seed_files.sql.
"""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

import click
from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin


def problem(content: bytes) -> str | None:
    """Say at which line the file stops being UTF-8, and what to do."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "line 1: the file is UTF-16. Save it as UTF-8."
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        meant = f' (in Latin-1 it is "{chr(byte)}")' if byte >= 0xA0 else ""
        return (
            f"line {line}: byte 0x{byte:X} is not UTF-8{meant}. Save the file as UTF-8."
        )
    return None


class Utf8Seeds(dbtPlugin):
    """Looks at the seed files when dbt starts."""

    def initialize(self) -> None:
        """Stop when a file is not UTF-8."""
        if self.project_name != "arsverk":
            return
        project = Path(get_flags().PROJECT_DIR)
        found = [
            f"{path.relative_to(project).as_posix()}, {message}"
            for path in sorted(project.glob("seeds/**/*.csv"))
            if (message := problem(path.read_bytes()))
        ]
        if found:
            raise ValueError(
                "\n".join(["Nothing was built, because of these seed files.", *found])
            )


# What a build of the project's own submissions writes, with room for what it replaces.
NEEDED = 200_000_000
# The commands that write tables, as dbt names them.
WRITING = ("build", "run", "seed", "snapshot", "retry")
# Those that open the working file for something else.
READING = ("test", "compile", "show", "run-operation", "generate", "freshness")


def check_folder(folder: Path) -> None:
    """Make a folder, and see that a file can be written there.

    Raises:
        ValueError: it cannot; the message says what to do.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(100_000))
    except OSError as error:
        raise ValueError(
            f"Nothing was built: {folder} cannot be written to ({error.strerror}). Make"
            " room or give yourself the right to, or build elsewhere: ARSVERK_DUCKDB"
            " names the file, DBT_TARGET_PATH and DBT_LOG_PATH the folders of dbt."
        ) from error


def check_room(path: Path) -> None:
    """See that there is room for what a build writes.

    Raises:
        ValueError: there is not.
    """
    free = shutil.disk_usage(path.parent).free
    if free + (path.stat().st_size if path.exists() else 0) < NEEDED:
        raise ValueError(
            f"Nothing was built: the disk of {path.parent} has {free // 1_000_000} MB"
            f" left, and a build needs some {NEEDED // 1_000_000}. Make room, or build"
            " elsewhere: ARSVERK_DUCKDB names the file."
        )


def check_opens(path: Path, config: dict[str, Any] | None) -> None:
    """See that the working file opens, as dbt will open it.

    Raises:
        ValueError: it does not: somebody holds it, or it is no such file.
    """
    # On Spark there may be no DuckDB.
    import duckdb

    from arsverk.working_file import why_not_open

    if path.exists():
        try:
            duckdb.connect(str(path), config=config or {}).close()
        except duckdb.Error as error:
            raise ValueError(
                f"Nothing was built: {why_not_open(path, error)}"
            ) from error


class Places(dbtPlugin):
    """Looks at where dbt will write when it starts."""

    def initialize(self) -> None:
        """Stop when dbt could not write there, or not open the working file."""
        context = click.get_current_context(silent=True)
        if self.project_name != "arsverk" or not (context and context.obj):
            return
        # What cannot be written to the log is told on the terminal all the same.
        logging.raiseExceptions = False
        flags = get_flags()
        project = Path(flags.PROJECT_DIR).resolve()
        check_folder(project / (flags.TARGET_PATH or "target"))
        credentials = context.obj["profile"].credentials
        if credentials.type != "duckdb" or credentials.path == ":memory:":
            return
        if flags.WHICH == "clone":
            # What is raised here, this one command shows as a traceback.
            click.echo(
                "Nothing was cloned: a DuckDB file holds one build, and no other is"
                " open. Copy the file instead.",
                err=True,
            )
            raise SystemExit(2)
        # Wherever dbt is started.
        path = project / credentials.path
        if path != Path.cwd() / credentials.path:
            if flags.WHICH == "retry":
                # It reads profiles.yml once more, so that nothing here would help.
                raise ValueError(f"Nothing was done: start dbt retry in {project}.")
            credentials.path = str(path)
        if flags.WHICH in WRITING + READING:
            check_folder(path.parent)
            check_opens(path, credentials.config_options)
        if flags.WHICH in WRITING:
            check_room(path)
            # What the file was made of (arsverk.inputs): whoever builds a part of it,
            # or an empty one, leaves no file that a report takes for whole.
            path.with_name(f"{path.name}.inputs").unlink(missing_ok=True)


plugins = [Utf8Seeds, Places]
