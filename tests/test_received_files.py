"""Submissions that are too many for seeds, read from files: the same figures."""

import os
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT, Build, run_dbt

# What differs because it is about the files themselves.
ABOUT_FILES = {"fct_release_input", "dim_release"}


def export(folder: Path, kind: str) -> str:
    """Write the demo's submissions and answers as files; return their path."""
    folder.mkdir()
    seeds = ROOT / "seeds" / "submissions"
    with duckdb.connect() as connection:
        for name in ("submissions", "answers"):
            for seed in sorted(seeds.glob(f"{name}_*.csv")):
                header = ", header true" if kind == "csv" else ""
                connection.execute(
                    f"""copy (from read_csv('{seed}', all_varchar = true))
                    to '{folder / seed.stem}.{kind}' (format {kind}{header})"""
                )
    return str(folder / f"{{name}}.{kind}")


def build_from(path: str, target: Path, *more: str) -> tuple[Build, str, int]:
    """Build the models from files; return the build, what was said, the exit code."""
    process = run_dbt(
        *("build", "--exclude-resource-type", "test"),
        *("--exclude-resource-type", "unit_test"),
        *("--exclude", "path:seeds/submissions/submissions_*"),
        *("--vars", f"{{received_files: '{path}'}}", *more),
        target=target,
    )
    return Build(target), process.stdout, process.returncode


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_same_rows_from_files_give_the_same_marts(
    build: Build, tmp_path: Path, kind: str
) -> None:
    other, said, code = build_from(export(tmp_path / "in", kind), tmp_path / "out")
    assert code == 0, said[-6000:]
    # The seeds were not there to be read by mistake.
    assert other.query(
        "select count(*) from duckdb_tables() where table_name like 'submissions_%'"
    ) == [(0,)]
    compared = 0
    with duckdb.connect(str(build.duckdb), read_only=True) as connection:
        connection.execute(f"attach '{other.duckdb}' as other (read_only)")
        for (table,) in connection.execute(
            """select table_name from duckdb_tables()
            where schema_name = 'marts' and database_name = current_database()"""
        ).fetchall():
            if table in ABOUT_FILES:
                continue
            here, there = f"marts.{table}", f"other.marts.{table}"
            (n,) = connection.execute(f"select count(*) from {here}").fetchone()
            assert connection.execute(
                f"""select count(*) from (
                    (from {here} except all from {there})
                    union all
                    (from {there} except all from {here})
                )"""
            ).fetchone() == (0,), table
            compared += n
    assert compared > 500_000
    files = dict(
        other.query(
            """select file, n_bytes from marts.fct_release_input
            where kind = 'submissions'"""
        )
    )
    assert files[f"received/submissions_2025.{kind}"] == os.path.getsize(
        tmp_path / "in" / f"submissions_2025.{kind}"
    )
    assert "seeds/submissions/submissions_2025.csv" not in files


def test_a_file_that_is_not_there_is_named_before_anything_is_built(
    tmp_path: Path,
) -> None:
    path = export(tmp_path / "in", "csv")
    (tmp_path / "in" / "submissions_2019.csv").unlink()
    changed = tmp_path / "in" / "answers_2024.csv"
    changed.write_text(changed.read_text().replace("sporsmal", "question", 1))
    _, said, code = build_from(path, tmp_path / "out")
    assert code != 0
    assert f"{tmp_path}/in/submissions_2019.csv: no such file" in said
    assert f'{changed}, line 1: column missing: "sporsmal"' in said
    assert "Nothing was built" in said and "Traceback" not in said
