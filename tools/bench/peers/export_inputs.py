"""Write what the other programs read: the seeds of a DuckDB file as Parquet.

Submissions and answers go to `received`, the other received seeds to `raw`, and the
reference tables, with the types that dbt gave them, to `reference`.

    python tools/bench/peers/export_inputs.py target/arsverk.duckdb inputs
"""

import argparse
import re
from pathlib import Path

import duckdb

PER_YEAR = re.compile(r"(submissions|answers)_\d{4}")


def export_inputs(database: Path, folder: Path) -> int:
    """Write every seed of the file to its Parquet file; return how many."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            """select schema_name, table_name from duckdb_tables()
            where schema_name in ('raw', 'reference') order by all"""
        ).fetchall()
        for schema, table in tables:
            place = folder / ("received" if PER_YEAR.fullmatch(table) else schema)
            place.mkdir(parents=True, exist_ok=True)
            path = str(place / f"{table}.parquet").replace("'", "''")
            connection.execute(
                f'copy "{schema}"."{table}" to \'{path}\' (format parquet)'
            )
    return len(tables)


def main() -> None:
    """Export, and say how much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path, help="a DuckDB file with the seeds")
    parser.add_argument("folder", type=Path, help="where the files go")
    arguments = parser.parse_args()
    count = export_inputs(arguments.database, arguments.folder)
    print(f"{count} tables in {arguments.folder}")


if __name__ == "__main__":
    main()
