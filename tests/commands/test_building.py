"""arsverk build: the result before its tests, a line a layer, nothing wrong unsaid.

Shown on a project of a handful of nodes, with the models that the result is read from.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arsverk.__main__ import main

FILES = {
    "dbt_project.yml": """
name: small
version: "1.0.0"
config-version: 2
profile: small
flags:
  send_anonymous_usage_stats: false
  require_generic_test_arguments_property: true
on-run-start: "{{ log('a macro says something', info=true) }}"
models:
  small:
    staging: {+schema: staging, +materialized: view}
    marts: {+schema: marts, +materialized: table}
""",
    "profiles.yml": """
small:
  target: dev
  outputs: {dev: {type: duckdb, path: target/arsverk.duckdb, threads: 2}}
""",
    "macros/schema.sql": """
{% macro generate_schema_name(name, node) %}{{ name or target.schema }}{% endmacro %}
""",
    "seeds/years.csv": "year\n2024\n2025\n",
    "models/staging/stg_years.sql": "select year from {{ ref('years') }}",
    "models/marts/dim_year.sql": "select year from {{ ref('stg_years') }}",
    "models/marts/fct_sentence.sql": """
select year, 1 as sort_order, 'result' as section,
    'Svaret er ' || year as text_nb, 'The answer is ' || year as text_en
from {{ ref('dim_year') }}
""",
    "models/tests.yml": """
models:
  - name: dim_year
    columns:
      - name: year
        data_tests:
          - not_null
          - accepted_values:
              name: only_known_years
              arguments: {values: [2024, 2025]}
unit_tests:
  - name: a_year_is_a_year
    model: dim_year
    given: [{input: ref('stg_years'), rows: [{year: 1}]}]
    expect: {rows: [{year: 1}]}
""",
}
# What is changed, one after the other, and the command's options.
VARIANTS = {
    "green": ({}, []),
    "failing": (
        {
            "seeds/years.csv": "year\n2024\n2025\n2099\n",
            "models/tests.yml": FILES["models/tests.yml"].replace(
                "expect: {rows: [{year: 1}]}", "expect: {rows: [{year: 2}]}"
            ),
        },
        ["--language", "en"],
    ),
    "warning": (
        {
            "seeds/years.csv": "year\n2024\n2025\n2099\n",
            "models/tests.yml": FILES["models/tests.yml"].replace(
                "arguments: {values",
                "config: {severity: warn}\n              arguments: {values",
            ),
        },
        [],
    ),
    "broken": (
        {"models/marts/dim_year.sql": "select yeer from {{ ref('years') }}"},
        [],
    ),
    "unreadable": ({"models/tests.yml": "models: [{"}, []),
}
DRIVER = """
import contextlib, io, json, sys
from pathlib import Path
from arsverk.__main__ import main
told = {}
for name, (files, options) in json.load(sys.stdin).items():
    for path, text in files.items():
        Path(path).write_text(text)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = main(["build", *options])
    told[name] = [code, out.getvalue()]
Path("told.json").write_text(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Build every variant, in one process; return exit codes and what was printed."""
    folder = tmp_path_factory.mktemp("small project")
    for path in FILES:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    variants = {
        name: ({**FILES, **files}, options)
        for name, (files, options) in VARIANTS.items()
    }
    names = ("DBT_", "ARSVERK_")
    process = subprocess.run(
        [sys.executable, "-c", DRIVER],
        cwd=folder,
        input=json.dumps(variants),
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(names)},
            "DBT_USE_COLORS": "false",
        },
        text=True,
        capture_output=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    found = json.loads((folder / "told.json").read_text())
    log = (folder / "logs/dbt.log").read_text()
    assert "PASS only_known_years" in log, found
    return {name: (code, out) for name, (code, out) in found.items()}


def in_order(text: str, *parts: str) -> bool:
    """Return whether parts stand in a text, one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at) + 1
        if not at:
            return False
    return True


def test_the_result_comes_first_and_its_tests_after(
    told: dict[str, tuple[int, str]],
) -> None:
    code, out = told["green"]
    assert code == 0
    assert in_order(
        out,
        *("a macro says something", "seeds", "staging", "marts", "Svaret er 2025"),
        *("Testene av dem kjører …", "unit tests", "data tests"),
        *("Tallene bestod: 3 tester er grønne.", "Hele loggen: logs/dbt.log"),
    )
    lines = [line.split() for line in out.splitlines() if line.endswith(" s")]
    assert [line[:-2] for line in lines] == [
        *(["seeds", "1"], ["staging", "1"], ["marts", "2"]),
        *(["unit", "tests", "1"], ["data", "tests", "2"]),
    ]
    # A line a layer, and not a line a node.
    assert "only_known_years" not in out and "dim_year" not in out


def test_figures_that_fail_their_tests_are_said_to_have_failed(
    told: dict[str, tuple[int, str]],
) -> None:
    code, out = told["failing"]
    assert code == 1
    assert in_order(
        out,
        *("The answer is 2099", "tests are running", "1 fail\n"),
        "THE FIGURES ABOVE DID NOT PASS: 2 tests failed",
    )
    assert in_order(
        out,
        *("Failure in test only_known_years", "Got 1 result, configured to fail"),
        *("compiled code at", "THE FIGURES ABOVE"),
    )
    assert in_order(
        out,
        *("Failure in unit_test a_year_is_a_year", "actual differs from expected"),
        *("compiled code at", "THE FIGURES ABOVE"),
    )


def test_a_warning_is_said_and_lets_pass(told: dict[str, tuple[int, str]]) -> None:
    code, out = told["warning"]
    assert code == 0
    assert "Warning in test only_known_years" in out
    assert "Tallene bestod: 2 tester er grønne.\n1 tester ga en advarsel" in out


def test_figures_that_could_not_be_built_are_not_printed(
    told: dict[str, tuple[int, str]],
) -> None:
    code, out = told["broken"]
    assert code == 1
    assert 'Referenced column "yeer" not found' in out
    assert "1 error, 1 skipped" in out
    code, unreadable = told["unreadable"]
    assert code == 2
    assert "tests.yml" in unreadable
    for text in (out, unreadable):
        assert "Svaret er" not in text and "bestod" not in text.casefold()
        assert "Ingen tall er klare: byggingen stoppet." in text


def test_elsewhere_it_is_said_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
