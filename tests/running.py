"""Running the project as people do: dbt, make and the commands, on it or on a copy."""

import contextlib
import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import msgpack
import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("models", "macros", "seeds", "tests", "profiles", "analyses")
FILES = ("dbt_project.yml", "profiles.yml")
PARSED = "partial_parse.msgpack"
OF_MAKE = ("Makefile", "requirements.lock", "pyproject.toml", "LICENSE-DATA.md")

Process = subprocess.CompletedProcess[str]


class Server:
    """A process that runs dbt, started when first needed (``dbt_server.py``)."""

    def __init__(self) -> None:
        # Returns the folder where the parsed project is kept.
        self.parsed: Callable[[], Path] | None = None
        self.process: subprocess.Popen[str] | None = None

    def run(
        self,
        arguments: list[str],
        environment: dict[str, str],
        project: Path,
        folder: Path | None = None,
        is_parsed: bool = True,
    ) -> Process:
        """Run dbt with these arguments, in a folder; all it said is in ``stdout``.

        The project is the one that was parsed, or a copy with other rows in its seeds;
        another one is parsed first.
        """
        if self.process is None:
            own = Path(tempfile.mkdtemp())
            shutil.copy(self.parsed() / PARSED, own)
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "tests" / "dbt_server.py", ROOT, own],
                env=without_places(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        with tempfile.NamedTemporaryFile() as output:
            command = {
                "arguments": arguments,
                "environment": environment,
                "project": str(project),
                "folder": str(folder or project),
                "is_parsed": is_parsed,
                "output": output.name,
            }
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
            said = Path(output.name).read_text(encoding="utf-8", errors="replace")
        return subprocess.CompletedProcess(arguments, code, said, "")

    def stop(self) -> None:
        """Let the process end."""
        if self.process:
            self.process.stdin.close()
            self.process.wait()


SERVER = Server()


def copy_parsed(project: Path, target: Path) -> None:
    """Let dbt begin with what was parsed of the project, as if it stood elsewhere."""

    def moved(value: object) -> object:
        if isinstance(value, dict):
            return {key: moved(one) for key, one in value.items()}
        if isinstance(value, list):
            return [moved(one) for one in value]
        return str(project) if value == str(ROOT) else value

    parsed = (SERVER.parsed() / PARSED).read_bytes()
    content = moved(msgpack.unpackb(parsed, strict_map_key=False))
    (target / PARSED).write_bytes(msgpack.packb(content))


def without_places() -> dict[str, str]:
    """Return the environment without what says where dbt reads and writes."""
    names = ("ARSVERK_", "DBT_", "MAKE")
    left = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    return {**left, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def run_dbt(
    *arguments: object,
    target: Path,
    project: Path = ROOT,
    releases: Path | None = None,
    is_parsed: bool | None = None,
) -> Process:
    """Run dbt with its output in ``target``.

    A copy of the project in which only rows of seeds were changed can be taken for
    parsed, which takes some seconds less.
    Releases are looked for in ``target`` too, where there are none by themselves.
    """
    target.mkdir(parents=True, exist_ok=True)
    environment = {
        **without_places(),
        "ARSVERK_RELEASES": str(releases or target),
        "DBT_LOG_PATH": str(target / "logs"),
        "DBT_USE_COLORS": "false",
    }
    is_parsed = project == ROOT if is_parsed is None else is_parsed
    if target == project / "target":
        # As it is by itself, so that what was parsed of the project can be reused.
        if not is_parsed and not (target / PARSED).exists():
            copy_parsed(project, target)
    else:
        environment |= {
            "ARSVERK_DUCKDB": str(target / "arsverk.duckdb"),
            "DBT_TARGET_PATH": str(target),
        }
    return SERVER.run(
        [str(a) for a in arguments], environment, project, is_parsed=is_parsed
    )


def run_here(
    module: str, *arguments: object, cwd: Path = ROOT, **environment: str
) -> Process:
    """Run a module of the package as ``python -m`` does, without a process of its own.

    Starting one takes longer than most reports do.
    """
    out, err = io.StringIO(), io.StringIO()
    given = [str(argument) for argument in arguments]
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.chdir(cwd)
        patch.setenv("COLUMNS", "120")
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            code = importlib.import_module(module).main(given)
        except SystemExit as ended:
            code = ended.code
        except Exception:
            code = 1
            traceback.print_exc()
    return subprocess.CompletedProcess(given, code, out.getvalue(), err.getvalue())


def compiled_macros(macros: list[str], target: Path) -> list[str]:
    """Return macros as dbt compiles them."""
    process = run_dbt(
        *("--quiet", "compile", "--inline", "\n---\n".join(macros)), target=target
    )
    assert process.returncode == 0, process.stdout
    return process.stdout.strip().split("\n---\n")


def copy_project(folder: Path, *more: str) -> Path:
    """Copy what dbt needs, for tests that change files."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    for name in (*FILES, *more):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def change(project: Path, name: str, *replaced: tuple[str, str]) -> None:
    """Change a file of a copy; each old text must stand in it once."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def make(*arguments: str, project: Path, releases: Path, **environment: str) -> Process:
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
