"""What a build is made of: a checksum of each file, kept beside the DuckDB file.

    python -m arsverk.inputs COMMAND              build, and note what it was made of
    python -m arsverk.inputs --if-older COMMAND   the same, unless nothing changed since

The command is what builds. A file that changes meanwhile may be in some figures and
not in others: that is said, nothing is noted, and the next report builds again.
"""

from __future__ import annotations

import glob
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import yaml

from arsverk.wording import section
from arsverk.working_file import path_of_working_file

READ = ("dbt_project.yml", "macros", "models", "profiles", "requirements.lock", "seeds")
# Not what editors and spreadsheets put beside an open file.
SUFFIXES = (".csv", ".md", ".py", ".sql", ".yaml", ".yml")
NAMED = 10


TEXTS = section("inputs")


class InputsChangedError(Exception):
    """Files changed while they were read; the message says which."""

    def __init__(self, names: list[str]) -> None:
        more = [f"+ {len(names) - NAMED}"] if names[NAMED:] else []
        self.names = ", ".join([*names[:NAMED], *more])
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """Return the message in a language."""
        return TEXTS[language]["changed"].format(names=self.names)


def received_files(project: Path) -> list[Path]:
    """Return the files that are read instead of seeds (docs/scale.md)."""
    try:
        text = (project / "dbt_project.yml").read_text(encoding="utf-8")
        settings = yaml.safe_load(text)["vars"]
    except (yaml.YAMLError, KeyError, TypeError):
        return []  # dbt says what is wrong with it
    path = settings.get("received_files") or ""
    found = glob.glob(path.replace("{name}", "*"), root_dir=project, recursive=True)
    return [project / name for name in found]


def list_inputs(project: Path) -> dict[str, str]:
    """Return what a build reads, each file with its checksum.

    What is published is read too: the build says what differs from it.
    """
    published = Path(os.environ.get("ARSVERK_RELEASES") or project, "published")
    listed = {"published": os.readlink(published) if published.is_symlink() else ""}
    paths = received_files(project)
    for path in (project / name for name in READ):
        inside = path.rglob("*") if path.is_dir() else []
        paths += [path, *(p for p in inside if p.suffix in SUFFIXES)]
    for path in sorted(path for path in paths if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        listed[os.path.relpath(path, project)] = digest
    return listed


def text_of(inputs: dict[str, str]) -> str:
    """Return the list as it is kept."""
    return "".join(f"{value}  {name!r}\n" for name, value in inputs.items())


def path_of_list() -> Path:
    """Return where it is kept what the working file was made of."""
    file = path_of_working_file()
    return file.with_name(f"{file.name}.inputs")


def is_current(project: Path) -> bool:
    """Whether the working file is made of the files as they are now."""
    kept = path_of_list()
    if not (path_of_working_file().is_file() and kept.is_file()):
        return False
    return kept.read_text(encoding="utf-8") == text_of(list_inputs(project))


def begin(project: Path) -> dict[str, str]:
    """Return what a build begins with; what is kept of an older one is gone."""
    path_of_list().unlink(missing_ok=True)
    return list_inputs(project)


def check_unchanged(project: Path, before: dict[str, str]) -> None:
    """See that a build ends with what it began with.

    Raises:
        InputsChangedError: it does not.
    """
    after = list_inputs(project)
    changed = sorted({name for name, _ in before.items() ^ after.items()})
    if changed:
        raise InputsChangedError(changed)


def end(project: Path, before: dict[str, str]) -> None:
    """Keep what a build was made of.

    Raises:
        InputsChangedError: it is not what the build began with.
    """
    check_unchanged(project, before)
    path_of_list().write_text(text_of(before), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Build; return the exit code."""
    project = Path.cwd()
    try:
        if arguments[0] == "--if-older":
            if is_current(project):
                return 0
            arguments = arguments[1:]
        before = begin(project)
        subprocess.run(arguments, check=True)
        end(project, before)
    except InputsChangedError as error:
        print(error.told("nb"), error.told("en"), sep="\n", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode if error.returncode > 0 else 2
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"What is built cannot be read, or not noted: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
