"""Submissions of many more municipalities than there are, for measuring.

Every municipality and district of the register is replicated under new codes, with
its inhabitants, its changes and its submissions: copy 17 of 4601 is 4601-17. The
figures of a copy are those of its original, and the country's rates do not change,
so that what is computed can be checked at any size. They are made up: replicas of
the demo's submissions, which are a reconstruction themselves.

    python tools/bench/replicas.py SEEDS FOLDER COPIES

SEEDS is a DuckDB file with the project's seeds (`dbt seed`). FOLDER then holds:

    received/submissions_<year>.parquet, received/answers_<year>.parquet
        what was received, as text, for the var received_files
    reference/<seed>.parquet, raw/<seed>.parquet
        the other seeds, for programs that do not use dbt
    base.duckdb
        the other seeds, where dbt's models look for them
"""

import argparse
import shutil
from pathlib import Path

import duckdb

# The columns that hold a unit's code. What they are replicated by is their name.
CODES = {
    "centrality": ["municipality_code"],
    "district_population": ["district_code"],
    "districts": ["district_code", "municipality_code"],
    "kostra_groups": ["municipality_code"],
    "municipalities": ["municipality_code"],
    "municipality_changes": ["old_code", "new_code"],
    "municipality_correspondence": [
        "municipality_code",
        "structure_municipality_code",
    ],
    "population": ["municipality_code"],
    "reviews": ["submission_id"],
}
RECEIVED_CODES = ["innsending_id", "enhet"]
# The country has as many times the inhabitants and municipalities.
COUNTS = {
    "population_national": [
        "population",
        "population_0_17",
        "population_18_plus",
        "municipality_count",
    ]
}


def replicated(table: str, codes: list[str], counts: list[str], copies: int) -> str:
    """Return a query for a table's rows, those with codes once for every copy."""
    replaced = [f"{code} || suffix as {code}" for code in codes]
    replaced += [f"{count}::bigint * {copies} as {count}" for count in counts]
    if not codes:
        replace = f"replace ({', '.join(replaced)})" if replaced else ""
        return f"select * {replace} from {table}"
    return f"""
        select original.* replace ({", ".join(replaced)})
        from {table} as original
        cross join (
            select range as copy, if(range = 0, '', '-' || range) as suffix
            from range({copies})
        )
        order by copy, original.rowid
    """


def make(seeds: Path, folder: Path, copies: int) -> int:
    """Write the inputs; return how many rows of submissions there are."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("received", "reference", "raw", "spilled"):
        (folder / name).mkdir(parents=True)
    rows = 0
    with duckdb.connect(
        str(folder / "base.duckdb"),
        config={
            "storage_compatibility_version": "v1.0.0",
            "temp_directory": str(folder / "spilled"),
            "threads": 2,
        },
    ) as connection:
        connection.execute(f"attach '{seeds}' as seeds (read_only)")
        for schema, name in connection.execute(
            """select schema_name, table_name from duckdb_tables()
            where database_name = 'seeds' and schema_name in ('raw', 'reference')
            order by all"""
        ).fetchall():
            table = f"seeds.{schema}.{name}"
            if name.startswith(("submissions_", "answers_")):
                query = replicated(table, RECEIVED_CODES, [], copies)
                (n,) = connection.execute(
                    f"""copy ({query}) to '{folder}/received/{name}.parquet'
                    (format parquet)"""
                ).fetchone()
                rows += n if name.startswith("submissions_") else 0
                continue
            query = replicated(table, CODES.get(name, []), COUNTS.get(name, []), copies)
            connection.execute(f"create schema if not exists {schema}")
            # A thousand countries have more inhabitants than an integer holds.
            (types,) = connection.execute(
                """select string_agg(column_name || ' ' || if(
                    list_contains(?, column_name), 'bigint', data_type
                ), ', ' order by column_index) from duckdb_columns()
                where database_name = 'seeds' and schema_name = ?
                and table_name = ?""",
                [COUNTS.get(name, []), schema, name],
            ).fetchone()
            connection.execute(f"create table {schema}.{name} ({types})")
            connection.execute(f"insert into {schema}.{name} {query}")
            connection.execute(
                f"copy {schema}.{name} to '{folder}/{schema}/{name}.parquet'"
            )
    shutil.rmtree(folder / "spilled")
    return rows


def main() -> None:
    """Write the inputs and say how many rows there are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("copies", type=int)
    options = parser.parse_args()
    rows = make(options.seeds, options.folder, options.copies)
    print(f"{rows:,} rows of submissions in {options.folder}")


if __name__ == "__main__":
    main()
