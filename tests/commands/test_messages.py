"""What people are told when something is wrong: in their language, with what to do."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from arsverk import __version__
from arsverk.__main__ import main
from arsverk.units import find_unit
from arsverk.working_file import NotThereError, why_not_open
from conftest import ROOT

COMMANDS = {
    name: importlib.import_module(f"arsverk.{name}").main
    for name in ("headline", "control", "feedback")
}
COMMANDS["arsverk"] = main
# Every way in which a command line can be wrong.
WRONG = [
    ("arsverk", []),
    ("arsverk", ["forms"]),
    ("arsverk", ["form", "new"]),
    ("arsverk", ["form", "new", "--year", "2026"]),
    ("arsverk", ["form", "new", "--year", "2023; touch x", "--all"]),
    ("arsverk", ["form", "new", "--year", "2026", "--unit"]),
    ("arsverk", ["form", "new", "--year", "2026", "--unit", "1", "--all"]),
    ("arsverk", ["form", "new", "--year", "2026", "--all=1"]),
    ("arsverk", ["form", "read"]),
    ("arsverk", ["form", "read", "x", "--received", "i går"]),
    ("arsverk", ["form", "check", "a", "b"]),
    ("arsverk", ["sql", "select 1", "--csv", "--json"]),
    ("arsverk", ["sql", "select 1", "--file"]),
    ("arsverk", ["build", "--language", "sv"]),
    ("headline", ["--year", "i fjor"]),
    ("control", ["--year", ""]),
    ("feedback", []),
    ("feedback", ["--unit", "4601", "--language", "nn"]),
]
ENGLISH = r"argument|required|invalid|expected|allowed|recogni|choose|ignored|error"


def refused(name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command says of a command line that it does not take."""
    with pytest.raises(SystemExit) as ended:
        COMMANDS[name](arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(("name", "arguments"), WRONG)
def test_a_wrong_command_line_is_told_in_norwegian(
    name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(name, arguments, capsys)
    assert said.startswith("bruk: ")
    assert not re.search(ENGLISH, said.split(": feil: ")[1])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("arsverk", ["form", "new", "--language", "en"]),
        ("arsverk", ["form", "check", "--language=en"]),
        ("arsverk", ["sql", "--csv", "--json", "--language", "en"]),
        ("control", ["--language", "en", "--year", "last"]),
        ("feedback", ["--language", "en"]),
    ],
)
def test_and_in_english_where_that_is_asked_for(
    name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(name, arguments, capsys)
    assert said.startswith("usage: ")
    assert re.search(ENGLISH, said.split(": error: ")[1])


def test_the_version_is_that_of_the_package(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"arsverk {__version__}\n"
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{__version__}"\n' in project


UNITS = [
    *(("4601", "Bergen"), ("5501", "Tromsø"), ("030102", "Grünerløkka")),
    *(("1818", "Herøy"), ("1515", "Herøy"), ("3419", "Våler"), ("0301", "Oslo")),
    ("5612", "Kautokeino"),
]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        *(("4601", "4601"), (" 4601 ", "4601"), ("Bergen", "4601"), ("BERGEN", "4601")),
        *(("bergen kommune", "4601"), ("tromso", "5501"), ("Grunerlokka", "030102")),
        ("Tromsø", "5501"),  # written as o and a stroke
    ],
)
def test_a_unit_is_found_by_its_code_or_name(wanted: str, code: str) -> None:
    assert find_unit(wanted, UNITS, 2025) == code


@pytest.mark.parametrize(
    ("wanted", "nb", "en"),
    [
        ("Bergn", "Mente du 4601 Bergen?", "Did you mean 4601 Bergen?"),
        ("kautokeno", "Mente du 5612 Kautokeino?", "5612 Kautokeino"),
        ("4610", "Mente du 4601 Bergen?", "is none of the 8 reporting units of 2025"),
        ("Herøy", "flere enheter: 1515 Herøy, 1818 Herøy. Gi koden.", "Give the code."),
        ("$(touch x)", "er ingen av de 8 enhetene i 2025. Gi kode", "six digits"),
        ("", "«» er ingen av de 8 enhetene", "four digits"),
        ("'; drop table x", "ingen av de 8", "none of the 8"),
    ],
)
def test_a_misspelt_unit_is_answered_with_the_nearest(
    wanted: str, nb: str, en: str
) -> None:
    with pytest.raises(NotThereError) as error:
        find_unit(wanted, UNITS, 2025)
    assert nb in error.value.told("nb")
    assert en in error.value.told("en") == str(error.value)


def test_every_refusal_of_reports_and_forms_has_its_norwegian() -> None:
    """What is raised for people to read is raised in both languages."""
    n = 0
    source = ROOT / "src" / "arsverk"
    reports = [source / f"{name}.py" for name in ("feedback", "units", "working_file")]
    for path in [*reports, *sorted((source / "form").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            raised = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            n += raised in ("NotThereError.of", "FormError.of")
            assert raised not in ("NotThereError", "FormError"), path.name
    assert n > 12


@pytest.mark.parametrize("name", ["headline", "control", "feedback", "arsverk"])
def test_a_file_that_is_not_there_is_told_in_the_language_of_the_report(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARSVERK_DUCKDB", str(tmp_path / "none.duckdb"))
    monkeypatch.chdir(ROOT)
    arguments = {
        "feedback": ["--unit", "4601"],
        "arsverk": ["form", "new", "--year", "2026", "--all", "--out", str(tmp_path)],
    }.get(name, [])
    for language, said in (("nb", "finnes ikke. Kjør"), ("en", "is not there. Run")):
        code = COMMANDS[name]([*arguments, "--language", language])
        assert code == 2
        assert said in capsys.readouterr().err


def test_why_a_file_cannot_be_opened_is_said_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "arsverk.duckdb"
    path.touch()
    locked = OSError(
        "IO Error: Could not set lock on file: Conflicting lock is held in"
        " /usr/bin/dbeaver (PID 4711). See also https://duckdb.org"
    )
    assert why_not_open(path, locked, "nb") == (
        f"{path} er i bruk av dbeaver (prosess 4711). Lukk den der, og start på nytt."
    )
    assert "held open by dbeaver (process 4711)" in why_not_open(path, locked, "en")
