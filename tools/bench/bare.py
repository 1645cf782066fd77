"""Run the SQL that dbt compiled in one DuckDB session, without dbt: the limit.

    python tools/bench/bare.py TARGET DATABASE [--models fct_fte fct_indicator]

TARGET is dbt's target folder after `dbt compile` or `dbt build`, DATABASE a DuckDB
file that has the seeds, under the name that dbt knew it by. Views and tables are made
as dbt makes them, one after the other, without contracts, keys, comments and tests.
With --profile, prints the seconds of processor time that each table took.
"""

import argparse
import json
import os
import time
from pathlib import Path

import duckdb


def memory_limit() -> dict[str, str]:
    """Return DuckDB's limit, when the benchmark sets one."""
    limit = os.environ.get("BENCH_MEMORY_LIMIT")
    return {"memory_limit": limit} if limit else {}


def in_order(manifest: dict, names: list[str] | None) -> list[dict]:
    """Return the models, or some and all they are made from, each after those."""
    models = {
        identifier: node
        for identifier, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }
    ordered: dict[str, dict] = {}

    def add(identifier: str) -> None:
        if identifier in models and identifier not in ordered:
            for parent in models[identifier]["depends_on"]["nodes"]:
                add(parent)
            ordered[identifier] = models[identifier]

    for identifier, node in models.items():
        if not names or node["name"] in names:
            add(identifier)
    return list(ordered.values())


def build(target: Path, database: Path, names: list[str] | None) -> dict[str, float]:
    """Make the views and tables; return the processor time of each."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    compiled = target / "compiled" / manifest["metadata"]["project_name"]
    seconds = {}
    # The settings of profiles/profiles.yml.
    with duckdb.connect(
        str(database),
        config={
            "storage_compatibility_version": "v1.0.0",
            "disabled_compression_methods": "fsst",
            **memory_limit(),
        },
    ) as connection:
        for model in in_order(manifest, names):
            sql = (compiled / model["original_file_path"]).read_text(encoding="utf-8")
            kind = "view" if model["config"]["materialized"] == "view" else "table"
            begin = time.process_time()
            connection.execute(f"create schema if not exists {model['schema']}")
            connection.execute(
                f"create {kind} {model['schema']}.{model['alias']} as {sql}"
            )
            seconds[model["name"]] = time.process_time() - begin
    return seconds


def main() -> None:
    """Build, and say what took long if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--models", nargs="+")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    seconds = build(options.target, options.database, options.models)
    if options.profile:
        for name, taken in sorted(seconds.items(), key=lambda item: -item[1]):
            print(f"{taken:8.2f}  {name}")
        print(f"{sum(seconds.values()):8.2f}  all")


if __name__ == "__main__":
    main()
