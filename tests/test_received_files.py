"""Submissions that are too many for seeds, read from files: the same figures."""

import os
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT, Build, compiled_macros, run_dbt

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
        "path:seeds/submissions/answers_*",
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
        """select count(*) from duckdb_tables() where schema_name = 'raw'
        and (table_name like 'submissions_%' or table_name like 'answers_%')"""
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
    assert files[
        f"received/submissions_2025/submissions_2025.{kind}"
    ] == os.path.getsize(tmp_path / "in" / f"submissions_2025.{kind}")
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


def test_columns_of_parquet_files_are_text(tmp_path: Path) -> None:
    path = export(tmp_path / "in", "parquet")
    changed = tmp_path / "in" / "submissions_2025.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"create table lines as select * replace (1.5 as aarsverk_b)"
            f" from '{changed}'"
        )
        connection.execute(f"copy lines to '{changed}'")
    _, said, code = build_from(path, tmp_path / "out")
    assert code != 0 and "Nothing was built" in said
    assert f'{changed}: column "aarsverk_b" is decimal(2,1). Write every column' in said


HEADER = (
    "innsending_id,enhet,mottatt,del,tjeneste,"
    "aarsverk_a,aarsverk_b,aarsverk_c,aarsverk_d,aarsverk_e,aarsverk_sum,merknad\n"
)


def line(identifier: str, cell: str, remark: str) -> str:
    """Return a line of a file of the current edition."""
    return f"{identifier},4601,2025-03-01,Voksne,Annet,{cell},0,0,0,0,,{remark}\n"


def test_nothing_in_a_received_file_is_taken_for_a_comment(tmp_path: Path) -> None:
    path = export(tmp_path / "in", "csv").replace("{name}", "**/{name}")
    (tmp_path / "in" / "submissions_2025.csv").unlink()
    for part, lines in {
        "a": line("#1", "1", "see #3") + line("2", "2#", ""),
        "b": line("#3", "3", "#") + line("#4", "4", ""),
    }.items():
        (tmp_path / "in" / part).mkdir()
        file = tmp_path / "in" / part / "submissions_2025.csv"
        file.write_text(HEADER + lines)
    process = run_dbt(
        *("build", "--select", "+stg_submissions__lines", "stg_inputs__files"),
        *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
        *("--exclude", "path:seeds/submissions"),
        *("--vars", f"{{received_files: '{path}', answer_years: []}}"),
        target=tmp_path / "out",
    )
    assert process.returncode == 0, process.stdout[-6000:]
    built = Build(tmp_path / "out")
    assert built.query(
        """select submission_id, aarsverk_a, remark
        from staging.stg_submissions__lines where year = 2025 order by all"""
    ) == [
        ("#1", "1", "see #3"),
        ("#3", "3", "#"),
        ("#4", "4", None),
        ("2", "2#", None),
    ]
    # Two files of one name are told apart.
    assert built.query(
        """select file from staging.stg_inputs__files
        where contains(file, 'received/submissions_2025/') order by all"""
    ) == [
        ("received/submissions_2025/a/submissions_2025.csv",),
        ("received/submissions_2025/b/submissions_2025.csv",),
    ]


def test_a_received_file_with_more_than_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "submissions_2025.csv"
    (rows,) = compiled_macros(
        [f"{{{{ rows_of_files('{path}') }}}}"], tmp_path / "target"
    )
    with duckdb.connect() as connection:
        for content in (
            "Submissions of 2025\n" + HEADER + line("1", "1", ""),
            HEADER + line("1", "1", "") + "# a remark,2\n" + line("2", "2", ""),
            HEADER + line("1", '"1', "") + line("2", "2", ""),
        ):
            path.write_text(content)
            with pytest.raises(duckdb.Error, match=r"submissions_2025\.csv"):
                connection.execute(f"select innsending_id, merknad from {rows}")
        path.write_text(HEADER + line("1", "1", "") + line("2", "2", ""))
        connection.execute(f"select innsending_id, merknad from {rows}")
        assert connection.fetchall() == [("1", None), ("2", None)]
