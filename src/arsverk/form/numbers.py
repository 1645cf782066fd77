"""What typed cells are and what they are worth: the project's own SQL says it (R22)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import duckdb

from arsverk.project_sql import macros as macros_of


@cache
def number_sql(project: Path) -> str:
    """Return the project's own SQL for what a typed cell is, and what it is worth."""
    macros = macros_of(project)
    canonical = str(macros.canonical_number("text"))
    return f"""
        with cells as (
            select
                -- As JSON: a list is handed over value by value, far slower.
                unnest(from_json($1, '["varchar"]')) as text,
                unnest(from_json($2, '["integer"]')) as line,
                generate_subscripts(from_json($2, '["integer"]'), 1) as cell
        ),

        judged as (
            select *, {macros.number_status("text")} as status from cells
        )

        select
            status,
            case
                when bool_and(status = 'number') over (partition by line) then
                    regexp_replace(
                        cast(
                            sum(case when status = 'number' then
                                {macros.four_decimals(canonical)}
                            end) over (partition by line)
                            as varchar
                        ),
                        '[.]?0+$',
                        ''
                    )
            end as sum_of_line
        from judged
        order by cell
    """


def judge_numbers(
    lines: list[list[str]], connection: duckdb.DuckDBPyConnection, project: Path
) -> list[tuple[list[str], str | None]]:
    """Return what each cell of each line is, and the line's sum, if it has one."""
    texts = [text for line in lines for text in line]
    of_line = [n for n, line in enumerate(lines) for _ in line]
    rows = connection.execute(
        number_sql(project), [json.dumps(texts), json.dumps(of_line)]
    ).fetchall()
    judged: list[tuple[list[str], str | None]] = [([], None) for _ in lines]
    for n, (status, total) in zip(of_line, rows, strict=True):
        judged[n] = ([*judged[n][0], status], total)
    return judged
