"""Programs of the machine's own that tests look with.

Where one is not there, what needs it is skipped, and the end of the output says what
was not looked at and how to get it.
"""

import os
import shutil

import pytest

# Set where all of them must be there: a test that would be skipped fails.
REQUIRED = "ARSVERK_REQUIRE_PROGRAMS"
# By the mark of the tests: the program's names, what is not done without it, and
# Debian's package.
PROGRAMS = {
    "browser": (
        ("chromium", "chromium-browser", "google-chrome"),
        "The pages were not looked at in a browser",
        "chromium",
    ),
    "office": (
        ("soffice", "libreoffice"),
        "Forms were not opened in LibreOffice",
        "libreoffice-calc-nogui",
    ),
}


def program(name: str) -> str | None:
    """Return the path of a program, which a variable can name (``CHROMIUM``)."""
    commands, *_ = PROGRAMS[name]
    found = (shutil.which(command) for command in commands)
    return os.environ.get(commands[0].upper()) or next(filter(None, found), None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a program that is not there, before anything is made for it."""
    for name, (_, not_done, package) in PROGRAMS.items():
        if item.get_closest_marker(name) and program(name) is None:
            told = f"{not_done}: there is no such program (Debian: {package})."
            if os.environ.get(REQUIRED):
                pytest.fail(told)
            pytest.skip(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was not looked at, and how to get what looks."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {report.longrepr[2] for report in skipped if report.longrepr}
    missing = [
        (not_done, package)
        for _, not_done, package in PROGRAMS.values()
        if any(not_done in reason for reason in reasons)
    ]
    if missing:
        terminalreporter.write_line("; ".join(told for told, _ in missing) + ".")
        packages = " ".join(package for _, package in missing)
        terminalreporter.write_line(f"To get that: apt-get install {packages} (Debian)")
