"""A new year, service label and education category need seeds and one var."""

import csv
from pathlib import Path

import pytest

from compiled_project import CompiledProject, compile_project
from conftest import ROOT, Build, copy_project, run_dbt

pytestmark = pytest.mark.sql

UNIT = "4601"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_rows(path: Path, *rows: dict[str, str]) -> None:
    old = read(path)
    write(path, old + [{key: row.get(key, "") for key in old[0]} for row in rows])


def add_the_year_2026(project: Path) -> None:
    """Do what docs/new-year.md says, with a new label and a category f."""
    reference = project / "seeds" / "reference"
    submissions = project / "seeds" / "submissions"

    answers = []
    for row in read(submissions / "submissions_2025.csv"):
        row["innsending_id"] = row["innsending_id"].replace("2025", "2026")
        row["mottatt"] = row["mottatt"].replace("2025", "2026")
        answers.append({**row, "aarsverk_f": ""})
    own = [a for a in answers if a["enhet"] == UNIT and a["del"] == "voksne"]
    own[0]["aarsverk_f"] = "1,5"
    answers.append(
        {**own[0], "tjeneste": "Nytt lavterskeltilbud", "aarsverk_f": ""}
        | {f"aarsverk_{letter}": "" for letter in "acde"}
        | {"aarsverk_b": "2,25", "aarsverk_sum": "2,25"}
    )
    write(submissions / "submissions_2026.csv", answers)

    # A question that is new, and one that is not asked any more.
    given = [
        {**row, "innsending_id": row["innsending_id"].replace("2025", "2026")}
        | {"mottatt": row["mottatt"].replace("2025", "2026")}
        for row in read(submissions / "answers_2025.csv")
    ]
    own = next(row for row in given if row["enhet"] == UNIT)
    given.append({**own, "sporsmal": "waiting_list", "svar": "yes"})
    write(submissions / "answers_2026.csv", given)
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

    for name in ("population", "district_population", "population_national"):
        path = reference / f"{name}.csv"
        newest = [row for row in read(path) if row["year"] == "2025"]
        add_rows(path, *({**row, "year": "2026"} for row in newest))
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
    settings = project / "dbt_project.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        .replace(
            "years: [2024, 2025]",
            "years: [2024, 2025, 2026]\n      added_cells: {aarsverk_f: 2026}",
        )
        .replace("answer_years: [2023, ", "answer_years: [2026, 2023, "),
        encoding="utf-8",
    )


TABLES = (
    *("dim_year", "fct_indicator", "fct_response", "fct_fte"),
    *("fct_answer_share", "fct_submission_issue"),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project that has one more year."""
    project = copy_project(tmp_path_factory.mktemp("next_year") / "project")
    add_the_year_2026(project)
    for path in project.rglob("*.sql"):
        assert path.read_bytes() == (ROOT / path.relative_to(project)).read_bytes()
    return project


@pytest.fixture(scope="module")
def next_year(project: Path) -> CompiledProject:
    """Build it in memory."""
    manifest = compile_project(project / "target", TABLES, project=project)
    compiled = CompiledProject(manifest, TABLES, root=project)
    compiled.read_files()
    return compiled


@pytest.mark.long
def test_every_test_of_dbt_passes_with_the_new_year(project: Path) -> None:
    process = run_dbt("build", target=project / "target", project=project)
    assert process.returncode == 0, process.stdout[-8000:]


def test_the_new_year_is_in_the_marts(next_year: CompiledProject) -> None:
    assert next_year.query(
        "select year, series_code from marts.dim_year order by year desc limit 1"
    ) == [(2026, "current")]
    assert next_year.query(
        """select count(*) from marts.fct_indicator
        where year = 2026 and region_level = 'municipality'
        and measure_code = 'total'"""
    ) == [(357,)]


def test_the_new_label_and_the_new_category_count(next_year: CompiledProject) -> None:
    # 1.5 in the new column and 2.25 on the new line, on top of 2025's figures.
    assert next_year.query(
        f"""select new.fte - old.fte
        from marts.fct_response as new
        inner join marts.fct_response as old
            on new.reporting_unit_code = old.reporting_unit_code
            and new.target_group = old.target_group
        where new.year = 2026 and old.year = 2025
            and new.reporting_unit_code = '{UNIT}'
            and new.target_group = 'adults'"""
    ) == [(3.75,)]
    assert next_year.query(
        """select sum(fte) from marts.fct_fte
        where region_level = 'country' and education_code = 'f'"""
    ) == [(1.5,)]


def test_a_new_question_is_asked_and_an_old_one_is_not(
    next_year: CompiledProject,
) -> None:
    assert next_year.query(
        """select n, base from marts.fct_answer_share
        where year = 2026 and question_code = 'waiting_list'
            and answer_code = 'yes' and size_group_code = 'all'"""
    ) == [(1, 1)]
    assert next_year.query(
        """select max(year) from marts.fct_answer_share
        where question_code = 'cooperation_pathway_3'"""
    ) == [(2025,)]
    assert next_year.query(
        """select rule_code, count(*) > 300 from marts.fct_submission_issue
        where year = 2026 and concerns = 'questions'
            and question_label = 'cooperation_pathway_3'
        group by rule_code"""
    ) == [("unknown_question", True)]


def test_older_years_are_what_they_were(
    build: Build, next_year: CompiledProject
) -> None:
    sql = """select * from marts.fct_indicator
        where year < 2026
        order by series_code, year, region_level, region_code, measure_code"""
    assert next_year.query(sql) == build.query(sql)
