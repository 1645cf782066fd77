"""The same models on one machine with DuckDB and with Spark, in turns.

A copy of the project with the replicated reference tables as its seeds
(tools/bench/replicas.py) is built on both engines, with the same number of cores:
fct_fte and fct_indicator and all they are made from, without tests. Timed is while at
least one model is being built: start, and loading of seeds alone, are left out. Both
marts have to have the same rows. Memory is that of all processes together, seeds too.

    python tools/bench/on_spark.py [--sizes 10 100] [--limit 7200]

`make spark-test` installs Spark. Writes the table in docs/scale.md.
"""

import argparse
import json
import os
import shutil
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import duckdb
import replicas
import yaml

import bench

ROOT = bench.ROOT
DBT = {"DuckDB": bench.BIN / "dbt", "Spark": ROOT / ".venv" / "spark" / "bin" / "dbt"}
FOLDER = ROOT / "target" / "bench" / "spark"
PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- spark:begin -->", "<!-- spark:end -->"
# The target's settings are for the demo. Larger data wants more memory and smaller
# pieces, and code that is compiled well since it runs for long.
SETTINGS = {
    "spark.driver.memory": "14g",
    "spark.sql.shuffle.partitions": "16",
    "spark.sql.adaptive.enabled": "true",
    "spark.driver.extraJavaOptions": "-XX:+UseParallelGC",
}


def make_project(inputs: Path, project: Path) -> None:
    """Copy the project, with the replicated tables as its seeds."""
    for name in ("models", "macros", "seeds", "tests", "profiles", "analyses"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "dbt_project.yml", project)
    for name in [*replicas.CODES, *replicas.COUNTS]:
        (file,) = project.glob(f"seeds/*/{name}.csv")
        (table,) = inputs.glob(f"r*/{name}.parquet")
        duckdb.sql(f"copy (from '{table}') to '{file}' (format csv, header)")
    path = project / "profiles" / "profiles.yml"
    profiles = yaml.safe_load(path.read_text(encoding="utf-8"))
    profiles["arsverk"]["outputs"]["spark"]["server_side_parameters"] |= SETTINGS
    (project / "profiles.yml").write_text(yaml.safe_dump(profiles), encoding="utf-8")


def resident_mib_of_children(root: int) -> float:
    """Return the memory that all that a process has started hold now."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(folder.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    family, added = {root}, True
    while added:
        added = {pid for pid, parent in parents.items() if parent in family} - family
        family |= added
    return sum(bench.resident_mib(pid) for pid in family - {root})


def seconds_of_models(target: Path) -> float:
    """Return for how many seconds at least one model was being built."""
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))
    total, last = 0.0, datetime.min
    for begin, end in sorted(
        (
            datetime.fromisoformat(timing["started_at"]).replace(tzinfo=None),
            datetime.fromisoformat(timing["completed_at"]).replace(tzinfo=None),
        )
        for one in results["results"]
        if one["unique_id"].startswith("model.")
        for timing in one["timing"]
    ):
        total += max((end - max(begin, last)).total_seconds(), 0)
        last = max(last, end)
    return total


def build(engine: str, folder: Path, limit: float) -> tuple[float, float, str | None]:
    """Build on an engine; return seconds, peak MiB and a failure."""
    target = folder / engine
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    pattern = f"{folder}/inputs/received/{{name}}.parquet"
    command = [
        *(DBT[engine], "--quiet", "build", "--project-dir", folder / "project"),
        *("--profiles-dir", folder / "project"),
        *("--target", "dev" if engine == "DuckDB" else "spark"),
        *("--select", *[f"+{mart}" for mart in bench.INDICATOR]),
        *("--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"),
        *("--vars", json.dumps({"received_files": pattern, "primary_keys": False})),
    ]
    environment = {
        "ARSVERK_DUCKDB": str(target / "arsverk.duckdb"),
        "ARSVERK_RELEASES": str(target),
        "ARSVERK_SPARK": str(target),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target / "logs"),
        "DBT_USE_COLORS": "false",
        # Where the project's plugin of dbt is.
        "PYTHONPATH": str(ROOT / "src"),
    }
    peak, is_over = 0.0, threading.Event()

    def sample() -> None:
        nonlocal peak
        while not is_over.wait(1):
            peak = max(peak, resident_mib_of_children(os.getpid()))

    sampler = threading.Thread(target=sample)
    sampler.start()
    _, _, _, failure = bench.watch(command, environment, folder / "log.txt", limit)
    is_over.set()
    sampler.join()
    return (0 if failure else seconds_of_models(target)), peak, failure


def digest(engine: str, folder: Path) -> dict[str, tuple[int, str]]:
    """Return the number of rows and a checksum of both marts."""
    with duckdb.connect() as connection:
        if engine == "DuckDB":
            database = folder / engine / "arsverk.duckdb"
            connection.execute(f"attach '{database}' (read_only)")
            place = "arsverk.marts.{}"
        else:
            place = f"read_parquet('{folder}/Spark/warehouse/marts.db/{{}}/*.parquet')"
        return {
            mart: connection.execute(
                f"select count(*), sum(hash(one))::text from {place.format(mart)} one"
            ).fetchone()
            for mart in bench.INDICATOR
        }


def main() -> None:
    """Measure, compare, and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--limit", type=float, default=7200, help="seconds for each")
    options = parser.parse_args()
    if not DBT["Spark"].exists():
        sys.exit(f"{DBT['Spark']} is not there. `make spark-test` installs it.")
    seeds = bench.load_seeds()
    about = bench.machine()
    lines = [
        f"Measured on {time.strftime('%Y-%m-%d')}: {about['processor']},"
        f" {about['cores']} cores, {about['memory']} of memory.",
        "",
        "| Submissions | Rows | Engine | Seconds | Peak MiB | Ratio to DuckDB |",
        "| --- | ---: | --- | ---: | ---: | ---: |",
    ]
    for copies in options.sizes:
        folder = FOLDER / f"x{copies}"
        shutil.rmtree(folder, ignore_errors=True)
        rows = replicas.make(seeds, folder / "inputs", copies)
        make_project(folder / "inputs", folder / "project")
        found, ours = {}, 0.0
        for engine in DBT:
            seconds, peak, failure = build(engine, folder, options.limit)
            start = f"| × {copies:,} | {rows:,} | {engine} |"
            if failure:
                lines.append(f"{start} did not finish: {failure} | | |")
            else:
                if engine == "DuckDB":
                    ours = seconds
                found[engine] = digest(engine, folder)
                times = f"{seconds / ours:.1f}" if ours else ""
                lines.append(f"{start} {seconds:,.1f} | {peak:,.0f} | {times} |")
            print(lines[-1], flush=True)
        if len(found) == len(DBT) and found["DuckDB"] != found["Spark"]:
            sys.exit(f"× {copies}: the rows differ: {found}")
        shutil.rmtree(folder)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    text = "\n".join(lines)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
