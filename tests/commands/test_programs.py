"""What the tests look with: programs that may not be there, and the validator."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from browsing import BrowsingError, html_errors
from programs import REQUIRED, program
from running import ROOT


@pytest.fixture
def nothing_to_look_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the programs away, as on a bare machine."""
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("CHROMIUM", "SOFFICE", REQUIRED):
        monkeypatch.delenv(name, raising=False)


def run_pytest(*tests: str) -> tuple[int, list[str]]:
    """Run tests in a process of their own; return the exit code and the lines."""
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
    )
    return process.returncode, process.stdout.splitlines()


BROWSER = "tests/site/test_browsing.py::test_a_page_is_photographed_and_printed"
OFFICE = "tests/forms/test_form.py::test_each_sheet_is_one_page_of_a4"


@pytest.mark.usefixtures("nothing_to_look_with")
def test_without_programs_it_is_said_what_was_not_looked_at() -> None:
    code, lines = run_pytest(BROWSER, OFFICE)
    assert code == 0
    assert lines[-1].startswith("3 skipped")
    (at,) = [n for n, line in enumerate(lines) if line.startswith("To get that:")]
    assert lines[at] == (
        "To get that: apt-get install chromium libreoffice-calc-nogui (Debian)"
    )
    assert lines[at - 1] == (
        "The pages were not looked at in a browser;"
        " Forms were not opened in LibreOffice."
    )


@pytest.mark.usefixtures("nothing_to_look_with")
def test_where_programs_are_required_a_test_without_them_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(REQUIRED, "1")
    code, lines = run_pytest(BROWSER)
    assert code == 1
    assert any("The pages were not looked at in a browser" in line for line in lines)
    assert not any(line.startswith("To get that:") for line in lines)


def test_a_program_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/another/chromium")
    assert program("browser") == "/opt/another/chromium"


HTML = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body>{}</body></html>
"""


def test_invalid_html_is_found_and_valid_html_passes(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(HTML.format("<p>A</p>"), encoding="utf-8")
    faults = '<p id="twice">A<div id="twice">B</div></p><a href="x"><a href="y">C</a>'
    bad.write_text(HTML.format(faults), encoding="utf-8")
    assert html_errors(good) == []
    errors = html_errors(tmp_path)
    assert {Path(error["file"]).name for error in errors} == {"bad.html"}
    assert {error["rule"] for error in errors} >= {
        *("no-dup-id", "close-order", "element-permitted-content"),
    }
    (tmp_path / "empty").mkdir()
    with pytest.raises(BrowsingError, match="no HTML"):
        html_errors(tmp_path / "empty")
