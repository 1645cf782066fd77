"""What typed cells are and what they are worth: the project's own SQL says it (R22)."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from arsverk.project_sql import filled_query


def judge_numbers(
    lines: list[list[str]], connection: duckdb.DuckDBPyConnection, project: Path
) -> list[tuple[list[str], str | None]]:
    """Return what each cell of each line is, and the line's sum, if it has one."""
    texts = [text for line in lines for text in line]
    of_line = [n for n, line in enumerate(lines) for _ in line]
    rows = connection.execute(
        filled_query("numbers_of_lines", project),
        [json.dumps(texts), json.dumps(of_line)],
    ).fetchall()
    judged: list[tuple[list[str], str | None]] = [([], None) for _ in lines]
    for n, (status, total) in zip(of_line, rows, strict=True):
        judged[n] = ([*judged[n][0], status], total)
    return judged
