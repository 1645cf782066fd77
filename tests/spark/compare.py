"""The project built on Spark: the same tests, and the same marts cell by cell.

Spark takes several minutes, so pytest does not find this by itself: `make spark-test`.
"""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT, Build, copy_project, made_once, run_dbt

SPARK_DBT = Path(os.environ.get("SPARK_DBT", ROOT / ".venv" / "spark" / "bin" / "dbt"))
IS_MART = re.compile(r"(dim|fct|bridge)_|indicator_wide$")
MARTS = sorted(
    path.stem
    for path in (ROOT / "models").glob("*/*/*.sql")
    if IS_MART.match(path.stem)
)
# What is built is the release after one that differs from it, in every way that is
# told apart, so that there are revisions to compare too.
THIS_RELEASE = {"release_version": "2026.2", "release_date": "2026-12-01"}
RELEASE_BEFORE = {
    "release_version": "2026.1",
    "release_date": "2026-11-22",
    "code_commit": "0123abc",
}
CHANGES_OF_THE_RELEASE_BEFORE = """
    update marts.fct_indicator set per_1000 = per_1000 + 0.01, fte = fte + 1
    where region_code = '0301' and year = 2024;
    update marts.fct_indicator set per_1000 = null where region_code = '50';
    update marts.fct_indicator set population = population + 1
    where year = 2020 and region_code = '03';
    update marts.fct_fte set fte = fte + 0.5
    where region_code = '4601' and year = 2025;
    delete from marts.fct_fte where region_code = '1103' and year = 2023;
    update marts.fct_submission set received_md5 = '' where year = 2025;
    update marts.fct_answer_share set share = share / 2 where year = 2023;
    update marts.fct_release_input set sha256 = '' where kind = 'reference';
    delete from marts.fct_review;
"""


def run_spark(
    *arguments: str, target: Path, project: Path = ROOT, releases: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run dbt on Spark, with all that it writes in ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [SPARK_DBT, *arguments, "--target", "spark"],
        cwd=project,
        env={
            **os.environ,
            "ARSVERK_SPARK": str(target),
            "ARSVERK_RELEASES": str(releases or target),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target / "logs"),
            "DBT_USE_COLORS": "false",
            # Where the project's plugin of dbt is.
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def table_of(target: Path, schema: str, name: str) -> str:
    """Return a table of Spark as DuckDB reads it: the Parquet files it is."""
    return f"read_parquet('{target}/warehouse/{schema}.db/{name}/*.parquet')"


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Return the columns of a table with their types."""
    rows = connection.execute(f"describe select * from {table}").fetchall()
    return {name: kind for name, kind, *_ in rows}


def differences(
    connection: duckdb.DuckDBPyConnection, here: str, there: str
) -> list[str]:
    """Say how two tables differ: in columns, in types, in any row or its number."""
    columns, others = columns_of(connection, here), columns_of(connection, there)
    if columns != others:
        return [
            f"column {name}: {columns.get(name)} in DuckDB, {others.get(name)} in Spark"
            for name in {**columns, **others}
            if columns.get(name) != others.get(name)
        ]
    names = ", ".join(columns)
    found = []
    for engine, ours, theirs in (("DuckDB", here, there), ("Spark", there, here)):
        rows = connection.execute(
            f"""select {names}, count(*) over () from (
                select {names} from {ours} except all select {names} from {theirs}
            ) order by all limit 3"""
        ).fetchall()
        if rows:
            found.append(f"{rows[0][-1]} rows only in {engine}, the first of them:")
            found += [str(dict(zip(columns, row, strict=False))) for row in rows]
    return found


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a release before, as far as a build reads it."""

    def make(root: Path) -> None:
        process = run_dbt(
            *("build", "--resource-type", "seed", "--resource-type", "model"),
            *("--vars", json.dumps(RELEASE_BEFORE)),
            target=root / "build",
        )
        assert process.returncode == 0, process.stdout[-8000:]
        folder = root / "published" / "parquet"
        folder.mkdir(parents=True)
        with duckdb.connect(str(root / "build" / "arsverk.duckdb")) as connection:
            connection.execute(CHANGES_OF_THE_RELEASE_BEFORE)
            for mart in MARTS:
                connection.execute(
                    f"copy marts.{mart} to '{folder / mart}.parquet' (format parquet)"
                )
        shutil.rmtree(root / "build")

    return made_once(tmp_path_factory, "released", make)


@pytest.fixture(scope="session")
def on_duckdb(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build on DuckDB, with every dbt test."""

    def make(target: Path) -> None:
        process = run_dbt(
            *("build", "--vars", json.dumps(THIS_RELEASE)),
            target=target,
            releases=released,
        )
        assert process.returncode == 0, process.stdout[-8000:]

    return Build(made_once(tmp_path_factory, "on_duckdb", make))


@pytest.fixture(scope="session")
def on_spark(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build on Spark, with every dbt test; return the folder."""

    def make(target: Path) -> None:
        process = run_spark(
            *("build", "--vars", json.dumps(THIS_RELEASE)),
            target=target,
            releases=released,
        )
        (target / "output.txt").write_text(process.stdout, encoding="utf-8")
        assert process.returncode == 0, process.stdout[-8000:]

    return made_once(tmp_path_factory, "on_spark", make)


def test_everything_ran_on_spark_without_a_warning(on_spark: Path) -> None:
    manifest = json.loads((on_spark / "manifest.json").read_text(encoding="utf-8"))
    results = json.loads((on_spark / "run_results.json").read_text(encoding="utf-8"))
    nodes = {**manifest["nodes"], **manifest["unit_tests"]}
    expected = Counter(
        node["resource_type"]
        for node in nodes.values()
        if node["resource_type"] in {"model", "seed", "test", "unit_test"}
    )
    ran = Counter(
        result["unique_id"].split(".")[0]
        for result in results["results"]
        if result["status"] in {"success", "pass"}
        and not result["unique_id"].startswith("operation.")
    )
    assert ran == expected
    assert min(ran[kind] for kind in ("model", "seed", "test", "unit_test")) > 40
    output = (on_spark / "output.txt").read_text(encoding="utf-8")
    assert " WARN=0 ERROR=0 SKIP=0 " in output
    assert "[WARNING]" not in output and "deprecat" not in output.lower()


def test_the_same_nodes_are_there_on_both_engines(
    on_duckdb: Build, on_spark: Path
) -> None:
    names = []
    for path in (on_duckdb.manifest, on_spark / "manifest.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        names.append({*manifest["nodes"], *manifest["unit_tests"]})
    assert names[0] == names[1]


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_is_the_same_on_both_engines(
    on_duckdb: Build, on_spark: Path, mart: str
) -> None:
    with duckdb.connect(str(on_duckdb.duckdb), read_only=True) as connection:
        here, there = f"marts.{mart}", table_of(on_spark, "marts", mart)
        found = differences(connection, here, there)
        assert not found, "\n".join(found)
        assert connection.execute(f"select count(*) > 0 from {there}").fetchone()[0]


# What two tables may differ in, as SQL for the second one.
CHANGES = {
    "a number": "select * replace (fte + 0.0001 as fte) from here",
    "a null": "select * replace (nullif(label, '') as label) from here",
    "a type": "select * replace (cast(fte as decimal(18, 6)) as fte) from here",
    "a row twice": "from here union all (from here limit 1)",
    "a row less": "from here where code != 2",
    "a column": "select code, label from here",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_differs_is_found(change: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """create table here as from (values
                (1, 'a', cast(1.5 as decimal(18, 4))), (2, '', 0), (2, '', 0)
            ) as t (code, label, fte)"""
        )
        connection.execute("create table same as from here order by code desc")
        connection.execute(f"create table there as {CHANGES[change]}")
        assert differences(connection, "here", "same") == []
        assert differences(connection, "here", "there") != []


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_rows_are_read_from_files_as_from_seeds(
    on_duckdb: Build, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    header = ", header true" if kind == "csv" else ""
    with duckdb.connect() as connection:
        for seed in (ROOT / "seeds" / "submissions").glob("*_20*.csv"):
            connection.execute(
                f"""copy (from read_csv('{seed}', all_varchar = true))
                to '{folder / seed.stem}.{kind}' (format {kind}{header})"""
            )
    target = tmp_path / "out"
    tables = ["stg_submissions__lines", "stg_answers__lines"]
    process = run_spark(
        *("build", "--select", *(f"+{table}" for table in tables)),
        "stg_inputs__files",
        *("--resource-type", "seed", "--resource-type", "model"),
        *("--exclude", "path:seeds/submissions"),
        *("--vars", json.dumps({"received_files": f"{folder}/{{name}}.{kind}"})),
        target=target,
    )
    assert process.returncode == 0, process.stdout[-6000:]
    with duckdb.connect(str(on_duckdb.duckdb), read_only=True) as connection:
        for table in tables:
            found = differences(
                connection, f"staging.{table}", table_of(target, "staging", table)
            )
            assert not found, "\n".join(found)
        files = table_of(target, "staging", "stg_inputs__files")
        assert connection.execute(
            f"select n_bytes from {files} where file = ?",
            [f"received/submissions_2025/submissions_2025.{kind}"],
        ).fetchall() == [(os.path.getsize(folder / f"submissions_2025.{kind}"),)]


# A file, what is changed in it, and what is said then.
WRONG_SEEDS = [
    ("breaks", "year", "aar", "seeds/reference/breaks.csv: the columns are not"),
    ("breaks", "2020", '"2020', "seeds/reference/breaks.csv: a quote is never closed"),
    ("breaks", "2020", "2020x", "CAST_INVALID_INPUT"),
    ("breaks", "2020", "2020,1", "Row 0 has 4 values"),
    ("breaks", ",New form; the series starts anew", "", "MALFORMED_RECORD_IN_PARSING"),
]


@pytest.mark.parametrize(("seed", "old", "new", "message"), WRONG_SEEDS)
def test_a_seed_file_that_is_not_right_stops_the_build(
    tmp_path: Path, seed: str, old: str, new: str, message: str
) -> None:
    project = copy_project(tmp_path / "project")
    path = project / "seeds" / "reference" / f"{seed}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    process = run_spark(
        "seed", "--select", seed, target=tmp_path / "out", project=project
    )
    assert process.returncode != 0
    assert message in process.stdout, process.stdout[-6000:]


def test_a_received_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    process = run_spark(
        *("run-operation", "check_received_files"),
        *("--vars", json.dumps({"received_files": f"{tmp_path}/{{name}}.parquet"})),
        target=tmp_path / "out",
    )
    assert process.returncode != 0
    assert f"{tmp_path}/submissions_2019.parquet: no such file" in process.stdout
    assert "Nothing was built" in process.stdout
