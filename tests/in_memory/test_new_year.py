"""Received forms in place of the demo, and what is new in the newest of their years.

A copy of the project on which what docs/new-year.md says was done: the forms of 2024 to
2026, of which those of 2026 have a service, a column and a question more.
"""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from arsverk.__main__ import main
from compiled_project import CompiledProject, read_manifest
from conftest import ROOT, Build, copy_project, run_dbt
from received_forms import (
    REFERENCE,
    SUBMISSIONS,
    add_rows,
    fill,
    read,
    unit_tests,
    write,
)

# Who uses what is new.
UNIT = "1103"
# What only the demo is, in both languages.
MADE_UP = re.compile("reconstruct|invented|rekonstru|oppdikt", re.IGNORECASE)


# --- What is new in 2026 --------------------------------------------------------------


def add_what_is_new(project: Path) -> None:
    """Say in seeds and a var what the forms of 2026 have, and what no more."""
    reference = project / REFERENCE
    add_rows(
        reference / "services.csv",
        {
            "form_edition": "current",
            "target_group": "adults",
            "label": "Nytt lavterskeltilbud",
            "service_code": "other_services",
            "in_scope": "true",
        },
    )
    add_rows(
        reference / "education_categories.csv",
        {
            "education_code": "f",
            "form_edition": "current",
            "raw_column": "aarsverk_f",
            "name_nb": "Ny kategori",
            "name_en": "New category",
            "sort_order": "11",
        },
    )
    add_rows(
        reference / "measure_categories.csv",
        {
            "series_code": "current",
            "measure_code": "total",
            "education_code": "f",
            "role": "counted",
        },
    )
    add_rows(
        reference / "questions.csv",
        {
            "question_code": "waiting_list",
            "figure_code": "waiting_list",
            "target_group": "all",
            "scale_code": "yes_or_no",
            "is_multiple": "false",
            "first_year": "2026",
            "text_nb": "Har dere venteliste?",
            "text_en": "Do you have a waiting list?",
            "sort_order": "11",
        },
    )
    questions = read(reference / "questions.csv")
    for row in questions:
        if row["question_code"] == "cooperation_pathway_3":
            row["last_year"] = "2025"
    write(reference / "questions.csv", questions)
    settings = project / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    old = "      years: [2024, 2025]\n"
    assert text.count(old) == 1
    new = f"{old}      added_cells: {{aarsverk_f: 2026}}\n"
    settings.write_text(text.replace(old, new), encoding="utf-8")


def use_what_is_new(project: Path) -> None:
    """Have a unit fill in the new column and line, and answer the new question."""
    path = project / SUBMISSIONS / "submissions_2026.csv"
    rows = read(path)
    of_unit = [r for r in rows if r["enhet"] == UNIT and r["del"] == "voksne"]
    of_unit[0]["aarsverk_f"] = "1,5"
    line = {
        name: "" if name.startswith("aarsverk") else value
        for name, value in of_unit[0].items()
    }
    line |= {"tjeneste": "Nytt lavterskeltilbud"}
    rows.append({**line, "aarsverk_b": "2,25", "aarsverk_sum": "2,25"})
    write(path, rows)
    path = project / SUBMISSIONS / "answers_2026.csv"
    given = next(row for row in read(path) if row["enhet"] == UNIT)
    add_rows(path, {**given, "sporsmal": "waiting_list", "svar": "yes"})


def without_the_demo(
    folder: Path, is_wanted: Callable[[str], bool], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return a copy of the project with forms in place of the demo."""
    project = copy_project(folder)
    add_what_is_new(project)
    monkeypatch.chdir(project)
    assert main(["data", "replace", "--years", "2024-2026", "--force"]) == 0
    fill(project, is_wanted)
    use_what_is_new(project)
    for path in project.rglob("*.sql"):
        assert path.read_bytes() == (ROOT / path.relative_to(project)).read_bytes()
    return project


# --- In memory, the forms of some units -----------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the forms of Rogaland, Oslo and its districts, compiled."""
    with pytest.MonkeyPatch.context() as patch:
        project = without_the_demo(
            tmp_path_factory.mktemp("received") / "project",
            lambda unit: unit[:2] in ("11", "03"),
            patch,
        )
    process = run_dbt(
        *("--quiet", "compile", "--select", "resource_type:model"),
        "resource_type:test",
        target=project / "target",
        project=project,
    )
    assert process.returncode == 0, process.stdout[-4000:]
    return project


@pytest.fixture(scope="module")
def manifest(project: Path) -> dict:
    return read_manifest(project / "target" / "manifest.json")


@pytest.fixture(scope="module")
def received(project: Path, manifest: dict) -> CompiledProject:
    """Build all of it."""
    names = [node["name"] for node in manifest["nodes"].values()]
    built = CompiledProject(manifest, names, root=project)
    built.read_files()
    return built


def texts_of(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, str]:
    """Return the texts of all marts that speak of what is made up."""
    found = {}
    for table, column in connection.execute(
        """select table_name, column_name from duckdb_columns()
        where database_name = ? and schema_name = 'marts' and data_type = 'VARCHAR'""",
        [database],
    ).fetchall():
        for (text,) in connection.execute(
            f"select distinct {column} from {database}.marts.{table}"
        ).fetchall():
            if text and MADE_UP.search(text):
                found[f"{table}.{column}"] = text
    return found


def test_without_the_demo_everything_holds(
    manifest: dict, received: CompiledProject
) -> None:
    """Every model is built and every data test is green.

    Unit tests are read with the rest of the project: one that names the seed of a
    year that is not there stops dbt.
    """
    assert len(manifest["unit_tests"]) == len(unit_tests())
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test"]
    failing = [
        test["name"]
        for test in tests
        if received.query(f"select 1 from ({test['compiled_code']}) limit 1")
    ]
    assert failing == []
    assert len(tests) > 150
    ((first, last, n),) = received.query(
        """select min(year), max(year), count(*) from marts.fct_response
        where status = 'reported'"""
    )
    assert (first, last) == (2024, 2026) and n > 100
    assert texts_of(received.connection, "arsverk") == {}


def test_the_new_year_is_in_the_marts(received: CompiledProject) -> None:
    assert received.query(
        "select year, series_code from marts.dim_year order by year desc limit 1"
    ) == [(2026, "current")]
    assert received.query(
        """select count(*) from marts.fct_indicator
        where year = 2026 and region_level = 'municipality'
        and measure_code = 'total'"""
    ) == [(357,)]


def test_the_new_label_and_the_new_category_count(received: CompiledProject) -> None:
    # 1.5 in the new column and 2.25 on the new line, on top of 2025's figures.
    assert received.query(
        f"""select new.fte - old.fte
        from marts.fct_response as new
        inner join marts.fct_response as old
            on new.reporting_unit_code = old.reporting_unit_code
            and new.target_group = old.target_group
        where new.year = 2026 and old.year = 2025
            and new.reporting_unit_code = '{UNIT}'
            and new.target_group = 'adults'"""
    ) == [(3.75,)]
    assert received.query(
        """select sum(fte) from marts.fct_fte
        where region_level = 'country' and education_code = 'f'"""
    ) == [(1.5,)]


def test_a_new_question_is_asked_and_an_old_one_is_not(
    received: CompiledProject,
) -> None:
    assert received.query(
        """select n, base from marts.fct_answer_share
        where year = 2026 and question_code = 'waiting_list'
            and answer_code = 'yes' and size_group_code = 'all'"""
    ) == [(1, 1)]
    assert received.query(
        """select max(year) from marts.fct_answer_share
        where question_code = 'cooperation_pathway_3'"""
    ) == [(2025,)]
    assert received.query(
        """select rule_code, count(*) > 20 from marts.fct_submission_issue
        where year = 2026 and concerns = 'questions'
            and question_label = 'cooperation_pathway_3'
        group by rule_code"""
    ) == [("unknown_question", True)]


def test_older_years_are_what_they_were(received: CompiledProject) -> None:
    """Without the forms of 2026 they are the same; the last test of this module."""
    sql = """select * from marts.fct_indicator
        where year < 2026
        order by series_code, year, region_level, region_code, measure_code"""
    before = received.query(sql)
    assert len(before) > 1000
    ((n,),) = received.query(
        "select count(*) from marts.fct_response where source_year = 2026"
    )
    assert n > 50
    received.connection.execute("delete from raw.submissions_2026")
    received.connection.execute("delete from raw.answers_2026")
    received.rebuild()
    assert received.query(
        "select count(*) from marts.fct_response where source_year = 2026"
    ) == [(0,)]
    assert received.query(sql) == before


# --- All units, with dbt --------------------------------------------------------------


@pytest.mark.long
def test_a_year_is_added_to_the_demo_and_every_test_of_dbt_passes(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is new in it; older years are what they were."""
    project = copy_project(tmp_path / "project")
    add_what_is_new(project)
    monkeypatch.chdir(project)
    assert main(["year", "add", "2026"]) == 0
    fill(project, lambda unit: True, [2026])
    use_what_is_new(project)
    target = project / "target"
    process = run_dbt("build", target=target, project=project)
    assert process.returncode == 0, process.stdout[-8000:]
    sql = """select * from marts.fct_indicator
        where year < 2026
        order by series_code, year, region_level, region_code, measure_code"""
    assert Build(target).query(sql) == build.query(sql)


@pytest.mark.long
def test_without_the_demo_everything_is_built_and_no_page_speaks_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All units, all of dbt's tests, and the whole site."""
    from arsverk.site.__main__ import main as write_pages

    project = without_the_demo(tmp_path / "project", lambda unit: True, monkeypatch)
    target = project / "target"
    process = run_dbt("build", target=target, project=project)
    assert process.returncode == 0, process.stdout[-8000:]
    monkeypatch.setenv("ARSVERK_DUCKDB", str(target / "arsverk.duckdb"))
    monkeypatch.setenv("ARSVERK_RELEASES", str(target))
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    site = project / "site"
    assert write_pages(["build", "--out", str(site)]) == 0
    pages = list(site.rglob("*.html"))
    assert len(pages) > 700
    for path in pages:
        found = MADE_UP.search(path.read_text(encoding="utf-8"))
        assert not found, (path, found)


@pytest.mark.long
@pytest.mark.parametrize("years", ["2022-2023", "2025"])
def test_any_years_are_built_with_all_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, years: str
) -> None:
    """Of one form edition only, the other without years; and nothing received yet."""
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project)
    assert main(["data", "replace", "--years", years, "--force"]) == 0
    process = run_dbt("build", target=project / "target", project=project)
    assert process.returncode == 0, process.stdout[-8000:]
