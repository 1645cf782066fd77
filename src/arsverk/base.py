"""Keep a build, and show which figures another branch changes (docs/releases.md).

    make base STATE=folder       build, and keep it
    make changed STATE=folder    build what differs from it, and print what changes

What changes is Markdown on standard output; what dbt says goes to standard error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from arsverk import revisions
from arsverk.inputs import path_of_list, received_files
from arsverk.working_file import path_of_working_file

PROJECT = "dbt_project.yml"
MANIFEST = "manifest.json"
# What dbt itself compares, and the list of files with their checksums. When nothing
# differs that is no error; the other warnings are those of dbt_project.yml.
CHANGED = (
    "--warn-error-options",
    "{error: all, warn: [NoNodesForSelectionCriteria, LogTestResult, RunResultWarning,"
    " RunResultWarningMessage]}",
    # Every test of what is built: all the tables are there.
    *("build", "--indirect-selection", "eager"),
    *("--select", "state:modified+", "stg_inputs__files+"),
)
NAMED = 10
LONGEST = 300


def target() -> Path:
    """Return the folder that dbt writes to."""
    return Path(os.environ.get("DBT_TARGET_PATH") or "target")


def kept() -> dict[str, Path]:
    """Return what is kept of a build, by its name in the folder."""
    file = path_of_working_file()
    return {file.name: file, PROJECT: Path(PROJECT), MANIFEST: target() / MANIFEST}


def keep(state: Path) -> None:
    """Keep the build."""
    state.mkdir(parents=True, exist_ok=True)
    # The manifest takes its place last: what is not whole is not compared with.
    (state / MANIFEST).unlink(missing_ok=True)
    for name, path in kept().items():
        shutil.copyfile(path, state / name)


def build(state: Path) -> Outcome:
    """Build what differs from a kept build, in a copy of it.

    dbt sees neither what a var changes nor files that are read instead of seeds: with
    those everything is built.
    """
    file, results = path_of_working_file(), target() / "run_results.json"
    path_of_list().unlink(missing_ok=True)
    results.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(state / file.name, file)
    is_same = Path(PROJECT).read_bytes() == (state / PROJECT).read_bytes()
    only = is_same and not received_files(Path.cwd())
    arguments = [*CHANGED, "--state", str(state)] if only else ["build"]
    dbt = Path(sys.executable).with_name("dbt")
    # Through Python: a script does not find its own where a folder's name has spaces.
    process = subprocess.run(
        [sys.executable, dbt, *arguments], stdout=sys.stderr, check=False
    )
    return Outcome(process.returncode, results)


class Outcome:
    """What became of a build, as dbt's exit code and results say."""

    def __init__(self, code: int, results: Path) -> None:
        self.code = code
        self.errors: list[str] = []
        self.failed_tests: list[str] = []
        self.n_skipped = 0
        # There are none when dbt stopped before it began.
        self.has_results = results.is_file()
        if not self.has_results:
            return
        text = results.read_text(encoding="utf-8")
        for result in json.loads(text)["results"]:
            kind, _, *names = result["unique_id"].split(".")
            is_test = kind in ("test", "unit_test")
            name = names[1] if kind == "unit_test" else names[0]
            told = f"{name}: {' '.join((result['message'] or '').split())}"
            if result["status"] in ("fail", "error"):
                (self.failed_tests if is_test else self.errors).append(told)
            elif result["status"] == "skipped" and not is_test:
                self.n_skipped += 1

    @property
    def is_built(self) -> bool:
        """Whether all that differs was built, whatever its tests say."""
        is_ended = self.has_results and self.code in (0, 1)
        return is_ended and not self.errors and not self.n_skipped

    def markdown(self) -> str:
        """Return what has to be said before any figure; nothing if all is well."""
        told = listed(self.errors) + listed(self.failed_tests)
        if self.is_built:
            said = "**Tests fail: the figures are built, and may be wrong.**"
            return f"{said}\n{told}" if told else ""
        if self.n_skipped:
            told += f"\n{self.n_skipped} that depend on these were not built either.\n"
        return not_built(f"dbt did not finish; its log says why.\n{told}")


def not_built(why: str) -> str:
    """Return what is said instead of figures."""
    return f"**Not built, so which figures change is not known:** {why}"


def listed(messages: list[str]) -> str:
    """Return the first messages as text in which nothing is markup."""
    if not messages:
        return ""
    lines = [
        "".join(c if c.isprintable() else "\ufffd" for c in message)[:LONGEST]
        for message in messages[:NAMED]
    ]
    if messages[NAMED:]:
        lines.append(f"and {len(messages) - NAMED} more")
    return "\n" + "".join(f"    {line}\n" for line in lines)


def changed(state: Path) -> int:
    """Build what differs from a kept build, and print what changes."""
    heading = "### Figures\n"
    if not all((state / name).is_file() for name in kept()):
        why = f"no build is kept in `{state}`; `make base STATE={state}` keeps one."
        print(f"{heading}\n{not_built(why)}")
        return 2
    try:
        outcome = build(state)
    except OSError as error:
        print(f"{heading}\n{not_built(str(error))}")
        return 2
    said = outcome.markdown()
    if not outcome.is_built:
        print(f"{heading}\n{said}", end="")
        return outcome.code or 1
    if said:
        print(f"{said}\n", flush=True)
    file = path_of_working_file()
    code = revisions.main([str(state / file.name), str(file), "--as", "changelog"])
    return outcome.code or code


def main(arguments: list[str]) -> int:
    """Keep a build, or build what differs from one; return the exit code."""
    verb, folder = arguments
    if not folder:
        print("Say in which folder the build is kept: STATE=folder", file=sys.stderr)
        return 2
    if verb == "changed":
        return changed(Path(folder))
    try:
        keep(Path(folder))
    except OSError as error:
        print(f"The build was not kept: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
