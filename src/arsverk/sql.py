"""Ask the working file or a release a query, and print every row and column.

    arsverk sql "from marts.dim_year"       a table; --csv and --json for programs
    arsverk sql --release < question.sql    the published release; --release 2026.1

The file is opened read-only, and only queries are run.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from arsverk.wording import section
from arsverk.working_file import path_of_working_file, why_not_open

# What is asked reaches no network.
OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
TEXTS = section("sql")
Rows = Sequence[Sequence[object]]


class SqlError(Exception):
    """What is wrong, in words, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def file_asked(options: argparse.Namespace, texts: dict[str, str]) -> Path:
    """Return the DuckDB file that is asked.

    Raises:
        SqlError: it is not there.
    """
    if options.release is None:
        return options.file or path_of_working_file()
    root = Path(os.environ.get("ARSVERK_RELEASES") or ".")
    folder = root / "releases" / options.release if options.release else None
    path = (folder or root / "published") / "arsverk.duckdb"
    if not path.is_file():
        there = sorted(p.parent.name for p in root.glob("releases/[!.]*/SHA256SUMS"))
        raise SqlError(
            texts["no_release"].format(
                path=path, known=", ".join(there) or texts["none"]
            ),
            2,
        )
    return path


def query_asked(text: str | None, texts: dict[str, str]) -> str:
    """Return the query: what was typed, or what stands in a file.

    Raises:
        SqlError: there is none, or the file cannot be read.
    """
    typed = text is not None or sys.stdin.isatty()
    if text is not None and text.endswith(".sql"):
        try:
            text = Path(text).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            told = texts["no_query_file"].format(path=text, error=error)
            raise SqlError(told, 2) from error
    elif text == "-" or not typed:
        text = sys.stdin.read()
    if not (text or "").strip():
        raise SqlError(texts["no_query"], 2)
    return text


def answer(path: Path, query: str, language: str) -> tuple[list[tuple[str, str]], Rows]:
    """Return the columns (name and type) and all rows of a query on a file.

    Raises:
        SqlError: the file cannot be opened, or the query is not one.
        duckdb.Error: the query is not right.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config=OFFLINE)
    except duckdb.Error as error:
        told = why_not_open(path, error, language)
        if "lock on file" in str(error):
            told += f" {TEXTS[language]['release']}"
        raise SqlError(told, 2) from error
    with connection:
        statements = connection.extract_statements(query)
        # An `explain analyze` runs what it explains, and that may write.
        if [s.type for s in statements] != [duckdb.StatementType.SELECT]:
            raise SqlError(TEXTS[language]["not_a_query"], 1)
        result = connection.execute(statements[0])
        columns = [(name, str(kind)) for name, kind, *_ in result.description]
        return columns, result.fetchall()


def as_text(value: object) -> str:
    """Return a value as DuckDB would write it: decimals with all their digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple | dict):
        return as_json(value)
    return str(value)


def as_json(value: object) -> str:
    """Return a value as JSON; a decimal is a number with all its digits."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool | int | Decimal):
        return as_text(value)
    if isinstance(value, float) and math.isfinite(value):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_json, value))}]"
    if isinstance(value, dict):
        pairs = (f"{as_json(str(k))}: {as_json(v)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(str(value), ensure_ascii=False)


def csv_cell(value: object) -> str:
    """Return a value as it stands in CSV: nothing for NULL, "" for an empty text."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else as_text(value)
    if text == "" or re.search(r'[",\r\n]|^\s|\s$', text):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_lines(columns: list[tuple[str, str]], rows: Rows) -> Iterator[str]:
    """Yield the lines of a CSV file."""
    yield ",".join(csv_cell(name) for name, _ in columns)
    for row in rows:
        yield ",".join(map(csv_cell, row))


def json_lines(columns: list[tuple[str, str]], rows: Rows) -> Iterator[str]:
    """Yield the lines of a JSON array: an object a row."""
    names = [as_json(name) for name, _ in columns]
    yield "["
    for n, row in enumerate(rows, start=1):
        pairs = (f"{k}: {as_json(v)}" for k, v in zip(names, row, strict=True))
        yield f"  {{{', '.join(pairs)}}}{',' if n < len(rows) else ''}"
    yield "]"


def shown(value: object) -> str:
    """Return a value as one line in which nothing moves the cursor."""
    if value is None:
        return "NULL"
    text = value if isinstance(value, str) else as_text(value)
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else "\ufffd"
        for c in re.sub(r"\r?\n", "↵", text)
    )


def width_of(text: str) -> int:
    """Return how many places a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def padded(texts: Sequence[str], to_the_right: bool) -> list[str]:
    """Return the texts of a column, all as wide as the widest."""
    widths = list(map(width_of, texts))
    most = max(widths)
    spaces = [" " * (most - width) for width in widths]
    pairs = zip(spaces, texts, strict=True)
    return [s + t if to_the_right else t + s for s, t in pairs]


def table_lines(
    columns: list[tuple[str, str]], rows: Rows, most: int | None, texts: dict[str, str]
) -> Iterator[str]:
    """Yield a table's lines; a value a line where it would be wider than ``most``."""
    names = [shown(name) for name, _ in columns]
    cells = [list(map(shown, row)) for row in rows]
    table = [
        padded(column, bool(re.match(r"U?\w*INT|DECIMAL|DOUBLE|FLOAT", kind)))
        for column, (_, kind) in zip(
            zip(names, *cells, strict=True), columns, strict=True
        )
    ]
    heading, *lines = (f"| {' | '.join(line)} |" for line in zip(*table, strict=True))
    if most is not None and width_of(heading) > most:
        for n, row in enumerate(cells, start=1):
            yield f"--- {texts['number'].format(n=n)} ---"
            for name, text in zip(padded(names, False), row, strict=True):
                yield f"{name} | {text}"
    else:
        yield heading
        yield f"| {' | '.join('-' * width_of(column[0]) for column in table)} |"
        yield from lines
    yield texts["row" if len(rows) == 1 else "rows"].format(n=len(rows))


def run(options: argparse.Namespace) -> int:
    """Answer a query; return the exit code."""
    texts = TEXTS[options.language]
    if options.query is None and re.search(r"\s", options.release or ""):
        # `--release "select …"`: the query, not the name of a release.
        options.query, options.release = options.release, ""
    try:
        path = file_asked(options, texts)
        query = query_asked(options.query, texts)
        columns, rows = answer(path, query, options.language)
        if options.form == "json":
            names = [name for name, _ in columns]
            for name in names:
                if names.count(name) > 1:
                    raise SqlError(texts["twice"].format(name=name), 1)
            lines = json_lines(columns, rows)
        elif options.form == "csv":
            lines = csv_lines(columns, rows)
        else:
            terminal = sys.stdout.isatty()
            most = shutil.get_terminal_size().columns if terminal else None
            lines = table_lines(columns, rows, most, texts)
    except SqlError as error:
        print(error, file=sys.stderr)
        return error.code
    except duckdb.Error as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if options.form == "csv":
        starts = ("=", "+", "-", "@", "\t", "\r")
        n = sum(isinstance(v, str) and v.startswith(starts) for r in rows for v in r)
        if n:
            print(texts["formulas"].format(n=n), file=sys.stderr)
    return 0
