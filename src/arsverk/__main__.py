"""The command ``arsverk``.

    arsverk form new --year 2026 --unit 4601     a form for a unit
    arsverk form new --year 2026 --all           one for every unit
    arsverk form read FILES|FOLDERS              forms into seeds/submissions
    arsverk form check FILE                      what a unit would be asked about

Run in the project's folder, where ``dbt_project.yml`` is.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import datetime
from pathlib import Path

# What reads a form is started for every file: a command's own module is imported when
# it runs, and nothing large is imported here.


def moment(text: str) -> datetime:
    """Return a time of receipt: local, to the second, without a zone."""
    given = datetime.fromisoformat(text)
    if given.tzinfo:
        raise ValueError("a local time has no zone")
    return given.replace(microsecond=0)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="arsverk",
        description="Person-years in municipal mental-health and substance-use work.",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    add_form(commands)
    return top


def add_form(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk form``."""
    form = commands.add_parser("form", help="the form as a workbook")
    verbs = form.add_subparsers(required=True, metavar="new|read|check")

    new = verbs.add_parser("new", help="write the form of a unit, or of all")
    new.add_argument("--year", type=int, required=True, help="the collection year")
    whom = new.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", help="for instance 4601 or 030101")
    whom.add_argument("--all", action="store_true", help="every unit of the register")
    new.add_argument("--language", choices=("nb", "en"), default="nb")
    new.add_argument(
        "--out",
        type=Path,
        help="a folder; default: this one, with --all target/forms-<year>",
    )
    new.set_defaults(module="arsverk.form.writing")

    read = verbs.add_parser("read", help="read filled-in forms into seeds/submissions")
    read.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FILES|FOLDERS",
        help="workbooks; of a folder everything in it",
    )
    read.add_argument(
        "--year",
        type=int,
        help="take forms of this year only; default: of the newest collection year"
        " and later, so that last year's form is not taken by mistake",
    )
    read.add_argument(
        "--received",
        type=moment,
        metavar="TIME",
        help="when they were received, 2026-03-14 or 2026-03-14T10:15;"
        " default: when each file was last changed here",
    )
    read.set_defaults(module="arsverk.form.intake")

    check = verbs.add_parser("check", help="show what a form would be asked about")
    check.add_argument("path", type=Path, metavar="FILE")
    check.add_argument("--language", choices=("nb", "en"), default="nb")
    check.set_defaults(module="arsverk.form.check")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code.

    0: done. 1: something was refused or found that cannot be used. 2: the command
    line is not right.
    """
    options = parser().parse_args(arguments)
    return importlib.import_module(options.module).run(options)


if __name__ == "__main__":
    sys.exit(main())
