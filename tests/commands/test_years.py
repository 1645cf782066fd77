"""A year is added, and received forms take the place of the demo, by one command."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import jinja2
import pytest
import yaml

from arsverk.__main__ import main
from arsverk.year_files import names_in, with_years
from conftest import ROOT, Build
from received_forms import REFERENCE, SUBMISSIONS, fill, unit_tests


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def comments_of(path: Path) -> list[str]:
    return [line for line in lines_of(path) if line.lstrip().startswith("#")]


def settings_of(project: Path) -> dict:
    return yaml.safe_load((project / "dbt_project.yml").read_text("utf-8"))["vars"]


def files_of(project: Path) -> dict[str, bytes]:
    names = [project / "dbt_project.yml", *(project / "seeds").rglob("*.*")]
    return {str(path.relative_to(project)): path.read_bytes() for path in names}


def git(project: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=project, check=True, text=True)


def copied(folder: Path, with_git: bool = False) -> Path:
    """Copy what the commands look at, with the first rows of each year only."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for path in (folder / SUBMISSIONS).glob("*_20*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        # No row goes over the end of a line in the demo.
        path.write_text("".join(lines[:50]), encoding="utf-8")
    shutil.copy(ROOT / "dbt_project.yml", folder)
    if with_git:
        git(folder, "init", "--quiet")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", "all")
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with git in which commands are run."""
    monkeypatch.chdir(copied(tmp_path, with_git=True))
    return tmp_path


# --- A year ---------------------------------------------------------------------------


def test_a_year_is_added_and_what_is_missing_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(project)
    assert main(["year", "add", "2026"]) == 0
    said = capsys.readouterr().out
    headings = lines_of(ROOT / SUBMISSIONS / "submissions_2025.csv")[0]
    assert lines_of(project / SUBMISSIONS / "submissions_2026.csv") == [headings]
    assert lines_of(project / SUBMISSIONS / "answers_2026.csv") == [
        "innsending_id,enhet,mottatt,sporsmal,svar,merknad"
    ]
    for kind in ("submissions", "answers"):
        text = (project / SUBMISSIONS / f"{kind}.yml").read_text(encoding="utf-8")
        assert text.startswith((ROOT / SUBMISSIONS / f"{kind}.yml").read_text("utf-8"))
        assert f"{kind}_2026" in names_in(text) and text.endswith(
            "{{ doc('received_forms') }}\n"
        )
        assert max(map(len, text.splitlines())) <= 88
    settings = settings_of(project)
    assert settings["form_editions"]["current"]["years"] == [2024, 2025, 2026]
    assert settings["answer_years"] == [2023, 2024, 2025, 2026]
    changed = [
        (old, new)
        for old, new in zip(
            lines_of(ROOT / "dbt_project.yml"),
            lines_of(project / "dbt_project.yml"),
            strict=True,
        )
        if old != new
    ]
    assert len(changed) == 2
    # What it cannot make, by file and columns.
    for name, columns in (
        ("population.csv: no inhabitants of 2026 for 357 of 357", "population_0_17"),
        (
            "district_population.csv: no inhabitants of 2026 for 15 of 15",
            "district_code",
        ),
        ("population_national.csv: no inhabitants of 2026", "municipality_count"),
        ("municipality_changes.csv", "old_code, new_code"),
        ("submissions_2026.csv: no rows yet", "aarsverk_sum"),
    ):
        ((line,),) = [[line for line in said.splitlines() if name in line]]
        assert columns in line
    assert "kostra_groups" not in said and "questions.csv" not in said
    # Again: nothing changes, and that is said.
    after = files_of(project)
    assert main(["year", "add", "2026"]) == 0
    assert "Everything was there already for 2026." in capsys.readouterr().out
    assert files_of(project) == after
    assert {name for name in after if after[name] != before.get(name)} == {
        "dbt_project.yml",
        *(f"seeds/submissions/{kind}.yml" for kind in ("submissions", "answers")),
        *(f"seeds/submissions/{kind}_2026.csv" for kind in ("submissions", "answers")),
    }


def test_what_the_register_lacks_of_a_year_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any list that a year needs rows in, and only what is really missing."""
    assert main(["year", "add", "2026"]) == 0
    capsys.readouterr()
    fill(project, lambda unit: True, [2026])
    for name, out in (
        ("kostra_groups", "1103,"),
        ("municipality_correspondence", "2024,4601,"),
        ("population", "2026,0301,"),
        ("district_population", "2026,030101,"),
    ):
        path = project / REFERENCE / f"{name}.csv"
        kept = [line for line in lines_of(path) if not line.startswith(out)]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert main(["year", "add", "2026"]) == 0
    said = capsys.readouterr().out
    for part in (
        "kostra_groups.csv: no KOSTRA group in 2026 for 1 of 357 municipalities (1103)",
        "correspondence.csv: no place in the series in 2026 for 1 of 357"
        " municipalities (4601)",
        "/population.csv: no inhabitants of 2026 for 1 of 357 municipalities (0301)",
        "district_population.csv: no inhabitants of 2026 for 1 of 15 districts that"
        " answer (030101)",
    ):
        assert part in said
    assert "national" not in said and "no rows yet" not in said


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ["year", "add", "2014"],
            1,
            "2014 is in no series. Add one to seeds/reference",
        ),
        (["year", "add", "2026", "--edition", "x"], 1, "There is no form edition x"),
        (
            *(["year", "add", "2023", "--edition", "current"], 1),
            "2023 is a year of the form legacy already",
        ),
        (["data", "replace", "--years", "2010-2012"], 1, "2010 is in no series."),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    before = files_of(project)
    assert main(arguments) == code
    assert message in capsys.readouterr().err
    assert files_of(project) == before


@pytest.mark.parametrize("years", ["26", "2026-2024", "", "2024;2025", "all"])
def test_what_is_no_year_is_refused(
    capsys: pytest.CaptureFixture[str], years: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["data", "replace", f"--years={years}"])
    assert "kan ikke leses" in capsys.readouterr().err


def test_outside_the_project_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["year", "add", "2026"]) == 2
    assert "Run the command in the project's folder." in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "# one\na:\n  b: [1, 2]  # two\n  c: 3 # three\n",
        "# one\na:\n  b: [\n    1,\n    2,\n  ]  # two\n  c: 3 # three\n",
        "# one\na:\n  b:\n    - 1\n    - 2  # two\n\n  # three\n  c: 3\n",
        "# one\na:\n  b:\n  - 1\n  # two\n  # three\n  c: 3\n",
        "# one\na:\n  b:  # two\n  # three\n  c: 3\n",
        "# one\na:\n  b: []  # two\n  # three\n  c: 3\n",
        '"a": {"b": [1], "c": 3}  # one two three\n',
    ],
)
@pytest.mark.parametrize("years", [[], [7], [7, 8, 9]])
def test_a_list_is_changed_where_it_stands(text: str, years: list[int]) -> None:
    new = with_years(text, years, "a", "b")
    assert yaml.safe_load(new) == {"a": {"b": years, "c": 3}}
    for comment in ("one", "two", "three"):
        assert comment in new
    # A second time is the first one.
    assert with_years(new, years, "a", "b") == new


# --- Received forms instead of the demo -----------------------------------------------


def test_the_demo_is_taken_away_and_can_be_brought_back(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, comments = files_of(project), comments_of(project / "dbt_project.yml")
    assert main(["data", "replace", "--years", "2024-2026"]) == 0
    said = capsys.readouterr().out
    assert {path.name for path in (project / SUBMISSIONS).glob("*_20*.csv")} == {
        f"{kind}_{year}.csv"
        for kind in ("submissions", "answers")
        for year in (2024, 2025, 2026)
    }
    # Headings stay, in every file of what was received and in the published lists.
    for path in [
        *(project / SUBMISSIONS).glob("*.csv"),
        *(project / REFERENCE).glob("published_*.csv"),
        project / REFERENCE / "demo_years.csv",
    ]:
        assert len(lines_of(path)) == 1, path
        if (ROOT / path.relative_to(project)).exists():
            assert lines_of(path)[0] == lines_of(ROOT / path.relative_to(project))[0]
    settings = settings_of(project)
    forms = settings["form_editions"]
    assert [forms[edition]["years"] for edition in forms] == [[], [2024, 2025, 2026]]
    assert settings["answer_years"] == [2024, 2025, 2026]
    assert comments_of(project / "dbt_project.yml") == comments
    for name in ("submissions.yml", "answers.yml"):
        assert "demo" not in (project / SUBMISSIONS / name).read_text(encoding="utf-8")
    for year in (2024, 2025, 2026):
        assert f"submissions_{year}.csv: no rows yet" in said
    assert "no inhabitants of 2026" in said and "no inhabitants of 2025" not in said
    # What is said to undo it does.
    (undo,) = [line for line in said.splitlines() if line.startswith("To undo: ")]
    for command in undo.removeprefix("To undo: ").split(" && "):
        subprocess.run(shlex.split(command), cwd=project, check=True)
    assert files_of(project) == before


def test_a_year_without_questions_has_no_answers(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor has a project of such years only; a second time changes nothing."""
    assert main(["data", "replace", "--years", "2021-2022"]) == 0
    said = capsys.readouterr().out
    assert "questions.csv: no question is asked in 2022." in said
    assert not list((project / SUBMISSIONS).glob("answers_*.csv"))
    assert settings_of(project)["answer_years"] == []
    answers = project / SUBMISSIONS / "answers.yml"
    assert yaml.safe_load(answers.read_text(encoding="utf-8")) == {"seeds": []}
    once = files_of(project)
    assert main(["data", "replace", "--years", "2021-2022", "--force"]) == 0
    assert "Everything was there already" in capsys.readouterr().out
    assert files_of(project) == once
    # A year with questions comes back.
    assert main(["year", "add", "2023"]) == 0
    assert names_in(answers.read_text(encoding="utf-8")) == {"answers_2023"}
    assert settings_of(project)["answer_years"] == [2023]


def test_what_git_could_not_bring_back_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / REFERENCE / "contacts.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = files_of(project)
    assert main(["data", "replace", "--years", "2026"]) == 1
    said = capsys.readouterr().err
    assert "not committed" in said and "contacts.csv" in said and "--force" in said
    shutil.rmtree(project / ".git")
    assert main(["data", "replace", "--years", "2026"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert files_of(project) == before
    assert main(["data", "replace", "--years", "2026", "--force"]) == 0


def test_what_was_received_is_never_taken_away(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row is the demo's by its identifier, whatever file it stands in."""
    path = project / SUBMISSIONS / "submissions_2025.csv"
    text = path.read_text(encoding="utf-8")
    header, rest = text.split("\n", 1)
    own = 'form-1,4601,2025-03-01,voksne,"Av\nto, linjer",1,,,,,,"demo-"\n'
    path.write_text(f"{header}\n{own}{rest}", encoding="utf-8")
    reviews = project / SUBMISSIONS / "reviews.csv"
    decision = "2025,form-1,adults,accept,,,,,2025-05-02,fagansvarlig,ok\n"
    reviews.write_text(reviews.read_text(encoding="utf-8") + decision, encoding="utf-8")
    before = files_of(project)
    assert main(["data", "replace", "--years", "2026", "--force"]) == 1
    said = capsys.readouterr().err
    assert "submissions_2025.csv has 1 rows that were received. Name 2025" in said
    assert files_of(project) == before
    assert main(["data", "replace", "--years", "2025,2026", "--force"]) == 0
    assert path.read_text(encoding="utf-8") == f"{header}\n{own}"
    assert reviews.read_text(encoding="utf-8").endswith("reason\n" + decision)


# --- No test knows a year that a project may lack -------------------------------------


def test_no_sql_and_no_unit_test_names_the_file_of_a_year() -> None:
    """Those that are there are found by the vars alone."""
    named = re.compile(r"""ref\(\s*['"](submissions|answers)_\d""")
    paths = [
        path
        for folder in ("models", "macros", "tests", "analyses", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".sql", ".yml", ".md")
    ]
    assert len(paths) > 200
    assert [
        path for path in paths if named.search(path.read_text(encoding="utf-8"))
    ] == []
    given = [one["input"] for test in unit_tests() for one in test["given"]]
    assert len(given) > 400 and not [one for one in given if re.search(r"_20\d\d", one)]


class ReturnedError(Exception):
    """What a macro returns."""


def collected_years(editions: object) -> list[tuple[int, str]] | str:
    """Return the years and editions that the macro gives, or which var it refuses."""

    def stop(value: object) -> None:
        raise ReturnedError(value)

    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals |= {
        "var": lambda name: editions,
        "return": stop,
        "refuse_var": lambda name, meaning: stop(name),
    }
    path = ROOT / "macros" / "rules" / "collected_years.sql"
    module = environment.from_string(path.read_text(encoding="utf-8")).module
    with pytest.raises(ReturnedError) as told:
        module.collected_years()
    (value,) = told.value.args
    return (
        value if isinstance(value, str) else [(v["year"], v["edition"]) for v in value]
    )


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ({"a": {"years": [2030], "cells": ["x"]}}, [(2030, "a")]),
        (
            {
                "a": {"years": [], "cells": ["x"]},
                "b": {"years": [2031, 2030], "cells": ["y"]},
                "c": {"cells": ["z"]},
                "d": {"years": None, "cells": ["z"]},
            },
            [(2031, "b"), (2030, "b")],
        ),
        ({}, "form_editions"),
        (None, "form_editions"),
        ([2030], "form_editions"),
        ({"a": [2030]}, "form_editions"),
        ({"a": {"years": [], "cells": ["x"]}}, "form_editions"),
        ({"a": {"years": [2030]}}, "form_editions"),
        ({"a": {"years": 2030, "cells": ["x"]}}, "form_editions"),
        ({"a": {"years": "2030", "cells": ["x"]}}, "form_editions"),
        ({"a": {"years": ["2030"], "cells": ["x"]}}, "form_editions"),
        ({"a": {"years": [2030, 2030], "cells": ["x"]}}, "form_editions"),
        (
            {
                "a": {"years": [2030], "cells": ["x"]},
                "b": {"years": [2030], "cells": ["x"]},
            },
            "form_editions",
        ),
    ],
)
def test_editions_may_have_no_years_but_the_project_has_some(
    editions: object, expected: object
) -> None:
    assert collected_years(editions) == expected


def test_the_rows_of_each_edition_are_read_from_its_own_columns(build: Build) -> None:
    """What stands in the files of both editions, and what is read of it."""
    compiled = json.loads(build.manifest.read_text(encoding="utf-8"))["nodes"]
    sql = compiled["model.arsverk.stg_submissions__received"]["compiled_code"]
    for edition, form in settings_of(ROOT)["form_editions"].items():
        for year in {form["years"][0], form["years"][-1]}:
            rows = build.query(
                f"""select count(*) from (
                    select coalesce(innsending_id, ''), coalesce(tjeneste, ''), merknad,
                        {", ".join(form["cells"])}, {form.get("own_sum") or "null"}
                    from raw.submissions_{year}
                    except all
                    select submission_id, service_label, remark,
                        {", ".join(form["cells"])}, own_sum_text
                    from staging.stg_submissions__received
                    where year = {year} and form_edition = '{edition}'
                )"""
            )
            assert rows == [(0,)], year
            assert f"submissions_{year}" in sql
