"""The command ``arsverk``.

    arsverk form new --year 2026 --unit Bergen   a form for a unit
    arsverk form new --year 2026 --all           one for every unit
    arsverk form read FILES|FOLDERS              forms into seeds/submissions
    arsverk form check FILE                      what a unit would be asked about
    arsverk build                                build, say the result, test it
    arsverk sql "select …"                       every row of a query, read-only
    arsverk year add 2026                        files, descriptions, vars of a year
    arsverk data replace --years 2024-2026       received forms instead of the demo

Run in the project's folder, where ``dbt_project.yml`` is.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import datetime
from pathlib import Path

from arsverk import __version__
from arsverk.typed import Parser, add_language

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
    top = Parser(
        prog="arsverk",
        description="Person-years in municipal mental-health and substance-use work.",
    )
    top.add_argument("--version", action="version", version=f"arsverk {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    add_build(commands)
    add_form(commands)
    add_sql(commands)
    add_year(commands)
    add_data(commands)
    return top


def add_build(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk build``."""
    build = commands.add_parser("build", help="build, say the result, and test it")
    build.add_argument(
        "--release", metavar="VERSION", help="publish it too, if all of it is green"
    )
    build.add_argument("--date", help="the release's date; default: today")
    build.add_argument("--commit", help="the code's commit; default: that of git")
    add_language(build)
    build.set_defaults(module="arsverk.building")


def add_sql(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk sql``."""
    sql = commands.add_parser("sql", help="ask the working file or a release")
    sql.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help="a query, the name of a .sql file, or - for standard input",
    )
    which = sql.add_mutually_exclusive_group()
    which.add_argument(
        "--release",
        nargs="?",
        const="",
        metavar="VERSION",
        help="ask a release; without VERSION the published one",
    )
    which.add_argument("--file", type=Path, help="ask another DuckDB file")
    form = sql.add_mutually_exclusive_group()
    form.add_argument("--csv", dest="form", action="store_const", const="csv")
    form.add_argument("--json", dest="form", action="store_const", const="json")
    add_language(sql)
    sql.set_defaults(module="arsverk.sql")


def add_form(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk form``."""
    form = commands.add_parser("form", help="the form as a workbook")
    verbs = form.add_subparsers(required=True, metavar="new|read|check")

    new = verbs.add_parser("new", help="write the form of a unit, or of all")
    new.add_argument("--year", type=int, required=True, help="the collection year")
    whom = new.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", help="code or name: 4601 or Bergen")
    whom.add_argument("--all", action="store_true", help="every unit of the register")
    add_language(new)
    new.add_argument(
        "--out",
        type=Path,
        help="a folder; default: target/forms-<year>, which git ignores",
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
    add_language(check)
    check.set_defaults(module="arsverk.form.check")


def years(text: str) -> list[int]:
    """Return the years of ``2024-2026`` or ``2024,2026``, in order."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    if not found or not all(2000 <= year < 2100 for year in found):
        raise ValueError("a year has four digits, and the first one stands first")
    return sorted(found)


def add_year(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk year``."""
    year = commands.add_parser("year", help="the collection years")
    verbs = year.add_subparsers(required=True, metavar="add")
    add = verbs.add_parser(
        "add", help="make a year's files, and say what only people can add"
    )
    add.add_argument("years", type=years, metavar="YEAR")
    add.add_argument("--edition", help="form edition; default: that of its series")
    add.set_defaults(module="arsverk.years", verb="add")


def add_data(commands: argparse._SubParsersAction) -> None:
    """Add ``arsverk data``."""
    data = commands.add_parser("data", help="what the figures are made of")
    verbs = data.add_subparsers(required=True, metavar="replace")
    replace = verbs.add_parser(
        "replace", help="take the demo and the published lists away"
    )
    replace.add_argument(
        "--years",
        type=years,
        required=True,
        help="the years that are collected: 2024-2026, or 2023,2025",
    )
    replace.add_argument(
        "--force",
        action="store_true",
        help="also when git could not bring back what is taken away",
    )
    replace.set_defaults(module="arsverk.years", verb="replace")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code.

    0: done. 1: something was refused or found that cannot be used. 2: the command
    line is not right, or it could not be run.
    """
    options = parser().parse_args(arguments)
    return importlib.import_module(options.module).run(options)


if __name__ == "__main__":
    sys.exit(main())
