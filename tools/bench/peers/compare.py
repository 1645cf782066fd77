"""Hold fct_fte and fct_indicator of a program against those of a DuckDB file.

Columns and types have to be the same, and every row, as often as it is there. A folder
has `fct_fte.parquet` and `fct_indicator.parquet`; a second DuckDB file has them in its
schema `marts`. Exits with 1 if anything differs.

    python tools/bench/peers/compare.py output target/arsverk.duckdb
"""

import argparse
import sys
from pathlib import Path

import duckdb

MARTS = ("fct_fte", "fct_indicator")
DIFFERING_ROWS = 5


def columns(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Return the columns of a table or of a Parquet file, and their types."""
    rows = connection.execute(f"describe select * from {relation}").fetchall()
    return {name: data_type for name, data_type, *_ in rows}


def differences(
    connection: duckdb.DuckDBPyConnection, ours: str, theirs: str
) -> tuple[int, list[str]]:
    """Return the number of rows of ours, and in words how theirs differ."""
    (count,) = connection.execute(f"select count(*) from {ours}").fetchone()
    wanted, found = columns(connection, ours), columns(connection, theirs)
    if list(wanted) != list(found):
        return count, [f"columns {', '.join(found)}; wanted {', '.join(wanted)}"]
    problems = [
        f"{name} is {found[name]}; wanted {wanted[name]}"
        for name in wanted
        if found[name] != wanted[name]
    ]
    cast = ", ".join(f'cast("{name}" as {wanted[name]})' for name in wanted)
    ours, theirs = f"select {cast} from {ours}", f"select {cast} from {theirs}"
    for sign, query in (
        ("-", f"({ours}) except all ({theirs})"),
        ("+", f"({theirs}) except all ({ours})"),
    ):
        # The rows are put in order, so that both sides of a difference are seen.
        (more,) = connection.execute(f"select count(*) from ({query})").fetchone()
        if more:
            problems.append(f"{sign} {more} rows, the first of them:")
            first = connection.execute(f"{query} order by all limit {DIFFERING_ROWS}")
            problems += [
                f"{sign} " + " | ".join(map(str, row)) for row in first.fetchall()
            ]
    return count, problems


def compare(output: Path, database: Path) -> bool:
    """Print how the marts of both differ; return whether they are the same."""
    same = True
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as built (read_only)")
        for mart in MARTS:
            theirs = f"read_parquet('{output / mart}.parquet')"
            count, problems = differences(connection, f"built.marts.{mart}", theirs)
            print(f"{mart}: {count} rows, {'DIFFERENT' if problems else 'equal'}")
            for problem in problems:
                print(f"  {problem}")
            same = same and not problems
    return same


def main() -> None:
    """Compare and exit with the result."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path, help="the folder with the Parquet files")
    parser.add_argument("database", type=Path, help="the DuckDB file that dbt built")
    arguments = parser.parse_args()
    sys.exit(0 if compare(arguments.output, arguments.database) else 1)


if __name__ == "__main__":
    main()
