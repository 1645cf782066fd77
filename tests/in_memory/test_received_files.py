"""Submissions that are too many for seeds, read from files: the same figures."""

import json
import os
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from compiled_project import CompiledProject, compile_project
from conftest import ROOT, Build, copy_project, run_dbt
from running import compiled_macros

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


# What reads the files; all else reads these.
READING = ("stg_submissions__lines", "stg_answers__lines")
NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


def read_from(path: str, target: Path) -> CompiledProject:
    """Read files in memory, without the rows of any seed of submissions."""
    models = [*READING, "stg_inputs__files"]
    manifest = compile_project(target, models, received_files=path)
    project = CompiledProject(manifest, models)
    project.rebuild()
    return project


def refused(path: str, target: Path) -> str:
    """Return what is said of files before anything is built."""
    process = run_dbt(
        *("run-operation", "check_received_files"),
        *("--vars", json.dumps({"received_files": path})),
        target=target,
    )
    assert process.returncode != 0
    assert "Nothing was built" in process.stdout
    assert "Traceback" not in process.stdout
    return process.stdout


def rows_of(build: Build, relation: str) -> Counter:
    """Return the rows of a relation, each with how often it is there."""
    rows = Counter(build.query(f"from {relation}"))
    assert rows
    return rows


def check_files(files: list[tuple[str, int]], folder: Path, kind: str) -> None:
    """The files are known, and the seeds are not among them."""
    name = f"submissions_2025.{kind}"
    size = os.path.getsize(folder / name)
    assert dict(files)[f"received/submissions_2025/{name}"] == size
    assert "seeds/submissions/submissions_2025.csv" not in dict(files)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_same_rows_are_read_from_files(
    build: Build, tmp_path: Path, kind: str
) -> None:
    project = read_from(export(tmp_path / "in", kind), tmp_path / "out")
    for model in READING:
        assert Counter(project.table(model)) == rows_of(build, f"staging.{model}")
    check_files(
        project.table("stg_inputs__files", "file, n_bytes"), tmp_path / "in", kind
    )


@pytest.mark.long
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_same_rows_from_files_give_the_same_marts(
    build: Build, tmp_path: Path, kind: str
) -> None:
    """As a person builds them; the seeds are not there to be read by mistake."""
    project = copy_project(tmp_path / "project")
    path = export(tmp_path / "in", kind)
    process = run_dbt(
        *("build", *NO_TESTS),
        *("--exclude", "path:seeds/submissions/submissions_*"),
        "path:seeds/submissions/answers_*",
        *("--vars", json.dumps({"received_files": path})),
        target=project / "target",
        project=project,
    )
    assert process.returncode == 0, process.stdout[-6000:]
    other = Build(project / "target")
    marts = build.query(
        "select table_name from duckdb_tables() where schema_name = 'marts'"
    )
    for (table,) in marts:
        if table not in ABOUT_FILES and table != "fct_revision":
            relation = f"marts.{table}"
            assert rows_of(other, relation) == rows_of(build, relation), table
    assert other.query(
        """select count(*) from duckdb_tables() where schema_name = 'raw'
        and (table_name like 'submissions_%' or table_name like 'answers_%')"""
    ) == [(0,)]
    files = other.query("select file, n_bytes from marts.fct_release_input")
    check_files(files, tmp_path / "in", kind)


def test_a_file_that_is_not_there_is_named_before_anything_is_built(
    tmp_path: Path,
) -> None:
    path = export(tmp_path / "in", "csv")
    (tmp_path / "in" / "submissions_2019.csv").unlink()
    changed = tmp_path / "in" / "answers_2024.csv"
    changed.write_text(changed.read_text().replace("sporsmal", "question", 1))
    said = refused(path, tmp_path / "out")
    assert f"{tmp_path}/in/submissions_2019.csv: no such file" in said
    assert f'{changed}, line 1: column missing: "sporsmal"' in said


def test_columns_of_parquet_files_are_text(tmp_path: Path) -> None:
    path = export(tmp_path / "in", "parquet")
    changed = tmp_path / "in" / "submissions_2025.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"create table lines as select * replace (1.5 as aarsverk_b)"
            f" from '{changed}'"
        )
        connection.execute(f"copy lines to '{changed}'")
    said = refused(path, tmp_path / "out")
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
    built = read_from(path, tmp_path / "out")
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
