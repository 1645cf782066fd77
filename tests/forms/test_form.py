"""The form as a workbook: what it holds, how it is printed, and how it comes back."""

import csv
import hashlib
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from arsverk.__main__ import main
from arsverk.form import check
from arsverk.form.book import Before, Unit
from arsverk.form.cells import Form
from arsverk.form.intake import read_forms
from arsverk.form.storing import store
from arsverk.form.structure import SUBMISSIONS, load_structure
from arsverk.form.writing import FormWriter
from arsverk.wording import catalogue
from compiled_project import CompiledProject, read_manifest
from conftest import ROOT, Build, copy_project, run_dbt
from filled_forms import OSLO, QUIET, SHEETS, change, fill, write
from programs import program
from running import run_here

# Every unit and many random forms, which take minutes.
ALL = pytest.mark.long


def read_one(path: Path) -> Form:
    """Read a form as the command does."""
    (form,) = read_forms([path], ROOT, QUIET)
    return form


def messages(form: Form) -> list[str]:
    """Return why a form was refused."""
    return [problem.message("en") for problem in form.problems]


def soffice(target: str, folder: Path, *paths: Path) -> list[Path]:
    """Let LibreOffice open workbooks and save them as something else."""
    process = subprocess.run(
        [
            *(program("office"), f"-env:UserInstallation=file://{folder}/profile"),
            *("--headless", "--convert-to", target, "--outdir", folder / "out"),
            *paths,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    suffix = target.split(":")[0]
    written = [folder / "out" / f"{path.stem}.{suffix}" for path in paths]
    assert all(path.exists() for path in written), process.stderr
    return written


@pytest.fixture(scope="module")
def of_build(build: Build) -> pytest.MonkeyPatch:
    """Let the command read the tests' own build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARSVERK_DUCKDB", str(build.duckdb))
        patch.chdir(ROOT)
        yield patch


# What is written and read of all units in the quick case.
A_FEW = {"0301", "030101", "1103", "4601", "5610"}


@pytest.fixture(scope="module", params=["a few", pytest.param("all", marks=ALL)])
def all_forms(
    request: pytest.FixtureRequest,
    of_build: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Write the form of every unit; in the quick case those of all but a few empty."""
    folder = tmp_path_factory.mktemp("forms") / "out"
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "a few":
            write_form = FormWriter.write

            def write_a_few(self: FormWriter, path: Path) -> None:
                if self.unit.code in A_FEW:
                    write_form(self, path)
                else:
                    path.touch()

            patch.setattr(FormWriter, "write", write_a_few)
        process = command("new", "--year", 2026, "--all", "--out", folder, project=ROOT)
    assert process.returncode == 0, process.stderr
    assert "372/372" in process.stderr
    return folder


# --- What it holds ----------------------------------------------------------------


def test_every_unit_of_the_register_has_a_form(all_forms: Path, build: Build) -> None:
    """In 2026 as in 2025: 357 municipalities and 15 districts of Oslo."""
    named = [re.match(r"skjema-2026-(\d+)-", p.name)[1] for p in all_forms.iterdir()]
    assert len(named) == 372
    assert sorted(named) == [
        code
        for (code,) in build.query(
            """select distinct reporting_unit_code from marts.fct_response
            where year = 2025 order by 1"""
        )
    ]


def test_last_years_own_figures_stand_beside_the_cells(
    all_forms: Path, build: Build
) -> None:
    """Bergen's, line by line and column by column, against the unit's own figures."""
    book = openpyxl.load_workbook(all_forms / "skjema-2026-4601-bergen.xlsx")
    sheet = book["Voksne"]
    assert sheet["J6"].value == "Dere hadde i 2025"
    by_service = dict(
        build.query(
            """select category_code, round(fte, 2)::double from marts.fct_unit_figure
            where year = 2025 and reporting_unit_code = '4601'
                and target_group = 'adults' and breakdown = 'service'"""
        )
    )
    by_education = dict(
        build.query(
            """select category_code, round(fte, 2)::double from marts.fct_unit_figure
            where year = 2025 and reporting_unit_code = '4601'
                and target_group = 'adults' and breakdown = 'education'"""
        )
    )
    codes = ["housing_with_staff", "day_activity", "home_follow_up", "fact_act"]
    codes += ["prompt_mental_health_care", "treatment_follow_up", "other_services"]
    assert [sheet.cell(8 + n, 15).value for n in range(7)] == [
        by_service.get(code) for code in codes
    ]
    assert [sheet.cell(15, 10 + n).value for n in range(5)] == [
        by_education.get(code, 0) for code in "abcde"
    ]
    assert sum(by_service.values()) > 100
    of_children = dict(
        build.query(
            """select category_code, round(fte, 2)::double from marts.fct_unit_figure
            where year = 2025 and reporting_unit_code = '4601'
                and target_group = 'children_youth' and breakdown = 'service'"""
        )
    )
    codes = ["health_station_and_school_health", "treatment_follow_up"]
    codes += ["home_follow_up", "fact_act", "day_activity", "other_services"]
    assert [book["Barn og unge"].cell(8 + n, 15).value for n in range(6)] == [
        of_children[code] for code in codes
    ]
    # Beside the answers, not in them.
    assert [c.value for row in sheet["B8:F14"] for c in row] == [None] * 35
    # The figures are made up, and the form says so.
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(text.startswith("2025: ") and "oppdiktet" in text for text in texts)


def test_carried_figures_and_those_not_told_apart_are_marked(tmp_path: Path) -> None:
    """3 of 5 person-years were carried from before 2024, as c, d or e."""
    before = Before(
        {
            ("adults", "day_activity", "b"): 2.0,
            ("adults", "day_activity", "cde"): 3.0,
            ("adults", "day_activity", None): 5.0,
            ("adults", None, "b"): 2.0,
            ("adults", None, "cde"): 3.0,
            ("adults", None, None): 5.0,
        },
        {"adults": True},
        (None, None),
    )
    book = openpyxl.load_workbook(write(tmp_path, before=before))
    sheet = book["Voksne"]
    assert sheet["J6"].value == "Dere hadde i 2025 (helt eller delvis videreført)"
    assert [sheet.cell(9, column).value for column in range(10, 16)] == [
        *(0, 2, "–", "–", "–"),
        5,
    ]
    assert [sheet.cell(15, column).value for column in range(10, 16)] == [
        *(0, 2, "–", "–", "–"),
        5,
    ]
    # Nothing to compare with: nothing is written, not zero.
    assert sheet["O8"].value is None
    assert book["Barn og unge"]["J6"].value is None
    assert book["Barn og unge"]["O9"].value is None


@pytest.mark.parametrize(
    ("value", "codes"), [("ca 4", ["beside"]), ("=4", ["beside"]), (4, [])]
)
def test_text_over_last_years_figures_is_not_lost(
    tmp_path: Path, value: object, codes: list[str]
) -> None:
    before = Before({("adults", "day_activity", None): 5.0}, {"adults": True})
    form = read_one(fill(write(tmp_path, before=before), B8=1, K9=value))
    assert [problem.code for problem in form.problems] == codes


def test_the_first_year_of_a_series_is_compared_with_nothing(
    of_build: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    arguments = ["form", "new", "--year", "2024", "--unit", "4601"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    book = openpyxl.load_workbook(tmp_path / "skjema-2024-4601-bergen.xlsx")
    values = [c.value for sheet in book.worksheets[1:3] for c in sheet["J"]]
    assert set(values) == {None}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_open_cell_says_what_may_stand_in_it(
    tmp_path: Path, language: str
) -> None:
    book = openpyxl.load_workbook(write(tmp_path, language=language))
    n_open = 0
    for sheet in book.worksheets:
        assert sheet.protection.sheet, sheet.title
        told = {
            cell: rule
            for rule in sheet.data_validations.dataValidation
            for cell in rule.sqref.ranges
        }
        by_cell = {str(cell): rule for cell, rule in told.items()}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.protection.locked:
                    continue
                n_open += 1
                rule = by_cell[cell.coordinate]
                assert rule.showErrorMessage and rule.errorTitle, cell
                assert 10 < len(rule.error) <= 255, cell
                assert 10 < len(rule.prompt) <= 255, cell
                assert 0 < len(rule.promptTitle) <= 32, cell
                assert len(rule.errorTitle) <= 32, cell
    # Nine lines and seven, six open cells each, two boxes; 8 questions of one answer,
    # 14 answers to two more; the help: a week, and 2 x 10 lines of four.
    assert n_open == (9 + 7) * 6 + 2 + 8 + 14 + 1 + 80
    assert book.security.lockStructure


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_question_has_its_answers_to_choose_from(
    tmp_path: Path, language: str
) -> None:
    book = openpyxl.load_workbook(write(tmp_path, language=language))
    sheet = book.worksheets[3]
    rules = {str(r.sqref): r for r in sheet.data_validations.dataValidation}
    n_single = 0
    for question in load_structure(2026, ROOT).questions:
        for name, answer in question.ranges():
            _, address = book.defined_names[name].attr_text.split("!")
            text, cell = sheet[address.replace("$", "")][0]
            rule = rules[cell.coordinate]
            if answer:
                assert text.value == getattr(answer, f"name_{language}")
                assert rule.formula1 == '"x"'
                continue
            n_single += 1
            assert text.value == getattr(question, f"text_{language}")
            source = book.defined_names[rule.formula1].attr_text.split("!")[1]
            offered = [row[0].value for row in book["_lister"][source.replace("$", "")]]
            assert offered == [getattr(a, f"name_{language}") for a in question.answers]
    assert n_single == 8


def test_a_question_says_when_it_is_asked(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path))["Spørsmål"]
    texts = [str(cell.value) for cell in sheet["A"]]
    (text,) = [t for t in texts if t.startswith("Hva er endret i bruken av personell?")]
    assert text.endswith("Svar bare hvis svaret over er: Ja.")
    (text,) = [t for t in texts if t.startswith("Hva skyldes problemene")]
    assert text.endswith(
        "Svar bare hvis svaret over er: Ja, store problemer / Ja, noen problemer."
    )


def test_what_the_form_is_is_hidden_in_it(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path))
    assert book["_skjema"].sheet_state == book["_lister"].sheet_state == "veryHidden"
    values = [cell.value for cell in book["_skjema"][1]]
    assert values[:8] == [
        *("arsverk", "1", "2026", "current", "4601", "Bergen", "asked", "nb"),
    ]
    assert re.fullmatch("[0-9a-f]{64}", values[8])


def test_the_checksum_tells_structures_apart() -> None:
    """Services, columns, questions, unit and year are in it; wordings are not."""
    structure = load_structure(2026, ROOT)
    part, question = structure.parts[0], structure.questions[0]
    line = replace(part.lines[0], label="Bolig")
    same = structure.checksum("4601", "Bergen", True)
    others = [
        replace(structure, year=2027),
        replace(structure, form_edition="next"),
        replace(structure, columns=structure.columns[:4]),
        replace(structure, parts=(replace(part, lines=(line,)),)),
        replace(structure, questions=structure.questions[1:]),
        replace(
            structure,
            questions=(replace(question, answers=()), *structure.questions[1:]),
        ),
    ]
    sums = {other.checksum("4601", "Bergen", True) for other in others}
    sums |= {
        structure.checksum("4602", "Bergen", True),
        structure.checksum("4601", "Oslo", True),
        structure.checksum("4601", "Bergen", False),
    }
    assert len(sums) == 9 and same not in sums
    reworded = replace(
        structure, questions=(replace(question, text_en="?"), *structure.questions[1:])
    )
    assert reworded.checksum("4601", "Bergen", True) == same


def test_a_form_is_read_when_the_guide_and_other_texts_are_worded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fill(write(tmp_path), B8=2.5)
    for key in ("part_intro", "now", "none", "counted", "service", "sum"):
        monkeypatch.setitem(catalogue("nb"), f"form.{key}", "Ny tekst")
    assert messages(read_one(path)) == []


def test_a_cell_takes_a_number_from_0_to_10_000(tmp_path: Path) -> None:
    """What was meant as 3.5 and became 3 May is 46,145: too much."""
    sheet = openpyxl.load_workbook(write(tmp_path))["Voksne"]
    rules = {str(r.sqref): r for r in sheet.data_validations.dataValidation}
    rule = rules["B8"]
    assert (rule.type, rule.operator) == ("decimal", None)  # between
    assert (rule.formula1, rule.formula2) == ("0", "10000")
    assert (datetime(2026, 5, 3) - datetime(1899, 12, 30)).days > 10_000
    assert "Bolig med fast bemanning, a" in rule.prompt


def test_the_guide_says_what_counts(tmp_path: Path) -> None:
    for language, words in {
        "nb": ["vanlig uke", "Barn og unge", "demens", "utviklingshemming", "0,2"],
        "en": ["ordinary week", "children and youth", "dementia", "disability", "0.2"],
    }.items():
        book = openpyxl.load_workbook(write(tmp_path, language=language))
        text = "\n".join(str(c.value) for c in book.worksheets[0]["A"] if c.value)
        assert [w for w in words if w.casefold() not in text.casefold()] == []
        assert text.count("Eksempel:" if language == "nb" else "Example:") >= 4


def test_oslos_city_wide_unit_is_not_asked_the_questions(tmp_path: Path) -> None:
    assert "Spørsmål" in openpyxl.load_workbook(write(tmp_path)).sheetnames
    book = openpyxl.load_workbook(write(tmp_path, OSLO))
    assert book.sheetnames[:4] == [
        *("Veiledning", "Voksne", "Barn og unge"),
        "Hjelpeberegning",
    ]


def test_the_same_form_is_the_same_file(tmp_path: Path) -> None:
    assert write(tmp_path / "a").read_bytes() == write(tmp_path / "b").read_bytes()


def test_a_form_is_never_written_over(
    of_build: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["form", "new", "--year", "2026", "--unit", "4601"]
    arguments += ["--out", str(tmp_path)]
    assert main(arguments) == 0
    path = tmp_path / "skjema-2026-4601-bergen.xlsx"
    path.write_text("filled in")
    assert main(arguments) == 1
    assert "kan være utfylt" in capsys.readouterr().err
    assert path.read_text() == "filled in"


@pytest.mark.parametrize(
    ("year", "unit", "said"),
    [
        ("2026", "46", '"46" is none of the 372 reporting units of 2026'),
        ("2026", "1201", '"1201" is none of the 372'),  # Bergen before 2020
        ("2027", "4601", "There is no form of 2027: there are those of 2015 to 2026"),
        ("2014", "4601", "There is no form of 2014"),
    ],
)
def test_what_is_not_there_is_said(
    of_build: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    year: str,
    unit: str,
    said: str,
) -> None:
    arguments = ["form", "new", "--year", year, "--unit", unit, "--out", str(tmp_path)]
    arguments += ["--language", "en"]
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_name_cannot_lead_out_of_the_folder() -> None:
    unit = Unit("4601", '../../tmp/<x> "Å" \u202e', True)
    assert unit.file_name(2026, "nb") == "skjema-2026-4601-tmp-x-a.xlsx"


# --- In LibreOffice ---------------------------------------------------------------


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """Fill in the help calculation and let LibreOffice compute it."""
    folder = tmp_path_factory.mktemp("calculated")

    def work(book: openpyxl.Workbook) -> None:
        sheet = book["Hjelpeberegning"]
        # Two persons 7.1 hours each, of a week of 35.5.
        sheet["B4"], sheet["B8"], sheet["C8"], sheet["D8"] = 35.5, "b", 2, 7.1
        # Half a post, of which 40 per cent; and a post of which a quarter.
        sheet["B21"], sheet["C21"], sheet["D21"] = "b", 50, 40
        sheet["B22"], sheet["C22"], sheet["D22"] = "e", 100, 25
        book["Voksne"]["B4"], book["Voksne"]["C8"] = "x", 3.5
        book["Voksne"]["D8"], book["Voksne"]["D18"] = 1, 9
        book["Barn og unge"]["B8"], book["Barn og unge"]["F13"] = 2, 0.5

    (path,) = soffice("xlsx", folder, change(write(folder), work))
    return openpyxl.load_workbook(path, data_only=True)


@pytest.mark.office
def test_hours_and_posts_become_person_years(calculated: openpyxl.Workbook) -> None:
    """2 x 7.1 / 35.5 = 0.4; 0.5 x 0.4 = 0.2; 1 x 0.25 = 0.25."""
    sheet = calculated["Hjelpeberegning"]
    assert sheet["E8"].value == pytest.approx(0.4)
    assert sheet["E21"].value == pytest.approx(0.2)
    assert sheet["E22"].value == pytest.approx(0.25)
    assert [sheet.cell(row, 2).value for row in range(33, 38)] == pytest.approx(
        [0, 0.6, 0, 0, 0.25]
    )


@pytest.mark.office
def test_sums_leave_out_what_does_not_count(calculated: openpyxl.Workbook) -> None:
    sheet = calculated["Voksne"]
    assert sheet["G8"].value == 4.5
    assert sheet["G15"].value == 4.5
    assert sheet["C15"].value == 3.5
    # An x and person-years contradict each other, and the sheet says so at once.
    assert "Ta bort x eller årsverkene" in sheet["C4"].value
    other = calculated["Barn og unge"]
    assert other["G8"].value == 2 and other["G14"].value == 2.5
    assert not other["C4"].value


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Let LibreOffice print a form in each language."""
    folder = tmp_path_factory.mktemp("printed")
    key = ("adults", "day_activity", None)
    before = Before({key: 2.0}, {"adults": True}, ("oppdiktet", "invented"))
    forms = [
        fill(write(folder, language=language, before=before), B8=1)
        for language in SHEETS
    ]
    return dict(zip(SHEETS, soffice("pdf", folder, *forms), strict=True))


@pytest.mark.office
@pytest.mark.parametrize("language", SHEETS)
def test_each_sheet_is_one_page_of_a4(printed: dict[str, Path], language: str) -> None:
    content = printed[language].read_bytes()
    pages = re.findall(
        rb"/Type\s*/Page\b(?!s).*?/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]",
        content,
        re.DOTALL,
    )
    sizes = [tuple(sorted((float(x), float(y)))) for x, y in pages]
    assert len(sizes) == 5
    for size in sizes:
        assert size == pytest.approx((595.3, 841.9), abs=1)


# --- There and back ---------------------------------------------------------------


def random_cell(chance: random.Random) -> tuple[object, Decimal]:
    """Return what somebody types, and the number it is (R22)."""
    decimals = chance.choice([0, 0, 1, 1, 1, 2, 3, 4])
    most = chance.choice([1, 10, 100, 1400])
    value = Decimal(chance.randrange(0, most * 10**decimals + 1)).scaleb(-decimals)
    text = f"{value:f}"
    whole, _, rest = text.partition(".")
    spaced = f"{int(whole):,}".replace(",", chance.choice(" \u00a0\u2009"))
    typed = chance.choice(
        [
            *[float(value)] * 4,
            int(value) if value == int(value) else float(value),
            text.replace(".", ","),
            f"  {text} ",
            f"{spaced},{rest}" if rest else spaced,
        ]
    )
    return typed, value


Figures = dict[tuple[str, str], list[Decimal]]


def random_form(
    folder: Path, number: int, chance: random.Random
) -> tuple[Path, Figures, dict[str, set[str]]]:
    """Write and fill a form; return what was answered, by part and service."""
    language = chance.choice(["nb", "en"])
    structure = load_structure(2026, ROOT)
    unit = Unit(f"{9000 + number}", f"Prøve {number}", chance.random() > 0.1)
    path = write(folder, unit, language)
    figures: Figures = {}
    answers: dict[str, set[str]] = {}
    book = openpyxl.load_workbook(path)
    for part, title in zip(structure.parts, SHEETS[language], strict=True):
        what = chance.choice(["filled", "filled", "filled", "none", "empty"])
        if what == "none":
            book[title]["B4"] = chance.choice(["x", "X", " x "])
        for line in part.lines:
            address = book.defined_names[line.range_name].attr_text.split("!")[1]
            row = book[title][address.replace("$", "")][0]
            values = [Decimal(0)] * 5
            for n, cell in enumerate(row[1:6]):
                if what == "filled" and chance.random() > 0.3:
                    cell.value, values[n] = random_cell(chance)
            if what != "empty":
                figures[part.raw_label, line.label] = values
        if what == "filled" and all(
            cell.value is None for row in book[title]["B8:F20"] for cell in row[:5]
        ):
            raise AssertionError("a filled sheet has something in it")
    if unit.is_asked:
        for question in structure.questions:
            for name, answer in question.ranges():
                if chance.random() < 0.4:
                    continue
                sheet, address = book.defined_names[name].attr_text.split("!")
                cell = book[sheet.strip("'")][address.replace("$", "")][0][1]
                chosen = answer or chance.choice(question.answers)
                cell.value = "x" if answer else getattr(chosen, f"name_{language}")
                answers.setdefault(question.question_code, set()).add(
                    chosen.answer_code
                )
    if not figures and not answers:
        book[SHEETS[language][0]]["B4"] = "x"
        for line in structure.parts[0].lines:
            figures["voksne", line.label] = [Decimal(0)] * 5
    book.save(path)
    return path, figures, answers


@pytest.fixture(scope="module", params=[10, pytest.param(200, marks=ALL)])
def random_forms(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Path, Figures, dict[str, set[str]]]]:
    """Fill in forms at random."""
    folder = tmp_path_factory.mktemp("random") / "filled"
    chance = random.Random(20261122)
    return [random_form(folder, number, chance) for number in range(request.param)]


def check_answers(
    paths: list[Path], expected: list[tuple[Path, Figures, dict[str, set[str]]]]
) -> None:
    """Compare what is read, and summed by the project's own SQL, with the answers."""
    forms = read_forms(paths, ROOT, QUIET)
    assert len(forms) == len(expected)
    for form, (_, figures, answers) in zip(forms, expected, strict=True):
        assert messages(form) == [], form.path
        found = {
            (row["del"], row["tjeneste"]): [
                row[f"aarsverk_{letter}"] for letter in "abcde"
            ]
            for row in form.submissions
        }
        assert found.keys() == figures.keys()
        for key, values in found.items():
            assert numbers(values) == figures[key], (form.path, key)
        for row in form.submissions:
            total = sum(figures[row["del"], row["tjeneste"]])
            assert Decimal(row["aarsverk_sum"]) == total, form.path
        given: dict[str, set[str]] = {}
        for row in form.answers:
            given.setdefault(row["sporsmal"], set()).add(row["svar"])
        assert given == answers


def numbers(texts: list[str]) -> list[Decimal]:
    """Read cells as R22 says, without the project's own SQL."""
    plain = [re.sub("[ \u00a0\u2009]", "", text).replace(",", ".") for text in texts]
    return [Decimal(text or "0") for text in plain]


# R22
def test_what_is_filled_in_is_read_exactly(
    random_forms: list[tuple[Path, Figures, dict[str, set[str]]]],
) -> None:
    check_answers([path for path, _, _ in random_forms], random_forms)
    n_forms = len(random_forms)
    assert sum(len(figures) for _, figures, _ in random_forms) > 10 * n_forms
    assert sum(len(answers) for _, _, answers in random_forms) > 5 * n_forms


@pytest.mark.office
def test_what_libreoffice_saves_is_read_exactly(
    random_forms: list[tuple[Path, Figures, dict[str, set[str]]]], tmp_path: Path
) -> None:
    paths = [path for path, _, _ in random_forms]
    check_answers(soffice("xlsx", tmp_path, *paths), random_forms)


def test_all_blank_forms_are_told_to_be_blank(all_forms: Path) -> None:
    written = [path for path in all_forms.iterdir() if path.stat().st_size]
    forms = read_forms(written, ROOT, QUIET)
    assert len(forms) in (len(A_FEW), 372)
    assert {tuple(p.code for p in form.problems) for form in forms} == {
        ("not_filled_in",)
    }
    assert {form.unit for form in forms} == {
        form.path.name.split("-")[2] for form in forms
    }


# --- What is read although it was changed -----------------------------------------


def moved_down(book: openpyxl.Workbook) -> None:
    """Insert three rows above the table, as a program does: names follow."""
    sheet = book["Voksne"]
    sheet.move_range("A7:P30", rows=3, translate=True)
    for defined in book.defined_names.values():
        title, address = defined.attr_text.split("!")
        first = int(re.search(r"\d+", address)[0])
        if title.strip("'") == "Voksne" and first >= 7:
            lower = re.sub(r"\d+", lambda m: str(int(m[0]) + 3), address)
            defined.attr_text = f"{title}!{lower}"


def renamed(book: openpyxl.Workbook) -> None:
    """Rename a sheet, as a program does: names follow."""
    book["Voksne"].title = "Voksne (ferdig)"
    for defined in book.defined_names.values():
        defined.attr_text = re.sub(
            "^'?Voksne'?!", "'Voksne (ferdig)'!", defined.attr_text
        )


def without_children(book: openpyxl.Workbook) -> None:
    """Send the adults' sheet alone."""
    book.remove(book["Barn og unge"])


# R2
@pytest.mark.parametrize(
    "work",
    [
        moved_down,
        renamed,
        without_children,
        lambda book: book.move_sheet("Voksne", 3),
        lambda book: book["Voksne"].__setitem__("A2", " 4601  Bergen, 2026 "),
        lambda book: book["Voksne"].__setitem__("B8", "\u00a02,5 "),
        lambda book: book.create_sheet("Ark1"),  # nothing stands on it
    ],
    ids=["moved", "renamed", "one sheet", "order", "spaces", "as text", "empty sheet"],
)
def test_what_is_certain_is_read(
    tmp_path: Path, work: Callable[[openpyxl.Workbook], None]
) -> None:
    path = fill(write(tmp_path), B8=2.5, D9=1)
    form = read_one(change(path, work))
    assert messages(form) == []
    assert form.parts == ["Voksne"]
    assert [
        (row["tjeneste"], row["aarsverk_sum"])
        for row in form.submissions
        if row["aarsverk_sum"] != "0"
    ] == [
        ("Bolig med fast bemanning", "2.5"),
        ("Dag-, aktivitets- og arbeidstilbud", "1"),
    ]


def test_a_row_is_traced_to_the_cells_it_was_moved_to(tmp_path: Path) -> None:
    path = change(fill(write(tmp_path), B8=2.5), moved_down)
    form = read_one(path)
    assert form.trace[0]["celler"] == "A11:H11"
    sheet = openpyxl.load_workbook(path)[form.trace[0]["ark"]]
    assert sheet["A11"].value == form.submissions[0]["tjeneste"]
    assert form.file["fil"] == path.name


def test_every_row_is_traced_to_its_cells(tmp_path: Path) -> None:
    """The checksum is the file's, and the cells are those of the row."""

    def work(book: openpyxl.Workbook) -> None:
        book["Voksne"]["B4"] = "x"
        book["Barn og unge"]["C9"] = 2.5
        book["Spørsmål"]["B6"], book["Spørsmål"]["B16"] = "Stor økning", "x"

    path = change(write(tmp_path), work)
    form = read_one(path)
    assert messages(form) == []
    assert len(form.trace) == len(form.submissions) + len(form.answers) == 9 + 7 + 2
    book = openpyxl.load_workbook(path)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    raw = [*form.submissions, *form.answers]
    assert form.file["sha256"] == checksum
    assert form.file["innsending_id"] == form.submission_id
    for row, trace in zip(raw, form.trace, strict=True):
        assert trace["year"] == "2026"
        assert trace["innsending_id"] == row["innsending_id"]
        found = book[trace["ark"]][trace["celler"]]
        if trace["del"] == "voksne":
            # An x is the answer to every line.
            assert trace["celler"] == "B4" and found.value == "x"
        elif trace["del"]:
            assert found[0][0].value == row["tjeneste"] == trace["tjeneste"]
            assert str(found[0][2].value or "") == row["aarsverk_b"]
        else:
            assert (row["sporsmal"], row["svar"]) == (trace["sporsmal"], trace["svar"])
            assert found[0][1].value in ("Stor økning", "x")


def test_an_answer_in_the_other_language_is_read(tmp_path: Path) -> None:
    def work(book: openpyxl.Workbook) -> None:
        book["Spørsmål"]["B6"] = "large increase"

    form = read_one(change(write(tmp_path), work))
    assert [row["svar"] for row in form.answers] == ["large_increase"]


def test_a_sum_is_computed_from_the_cells(tmp_path: Path) -> None:
    """What the program that saved the file believed the sum to be is not looked at."""
    path = fill(write(tmp_path), B8=2.5, C8=1)
    text = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    assert "<f>SUM(B8:F8)</f><v" in text
    lied = text.replace("<f>SUM(B8:F8)</f><v></v>", "<f>SUM(B8:F8)</f><v>99</v>")
    lied = lied.replace("<f>SUM(B8:F8)</f><v/>", "<f>SUM(B8:F8)</f><v>99</v>")
    lied = lied.replace("<f>SUM(B8:F8)</f><v />", "<f>SUM(B8:F8)</f><v>99</v>")
    assert lied != text
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet2.xml"
            new.writestr(name, lied if is_sheet else old.read(name))
    assert openpyxl.load_workbook(other, data_only=True)["Voksne"]["G8"].value == 99
    assert read_one(other).submissions[0]["aarsverk_sum"] == "3.5"


def test_an_x_is_an_answer_of_zero(tmp_path: Path) -> None:
    form = read_one(fill(write(tmp_path), B4="x"))
    assert form.parts == ["Voksne"]
    assert len(form.submissions) == 9
    assert {row["aarsverk_b"] for row in form.submissions} == {"0"}


# --- Into the files ---------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what reading forms needs."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "seeds", project / "seeds")
    shutil.copytree(ROOT / "macros", project / "macros")
    shutil.copy(ROOT / "dbt_project.yml", project)
    return project


def command(*arguments: object, project: Path) -> subprocess.CompletedProcess[str]:
    """Run the command, in this process."""
    return run_here("arsverk.__main__", "form", *arguments, cwd=project)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_reading_twice_or_in_another_order_changes_nothing(
    project: Path, tmp_path: Path
) -> None:
    bergen = fill(write(tmp_path / "in"), B8=2.5, H8="flyttet, «nytt»\nbygg")
    change(bergen, lambda book: book["Spørsmål"].__setitem__("B6", "Uendret"))
    oslo = fill(write(tmp_path / "in", OSLO), B8="1 250,5")
    folder = project / "seeds" / "submissions"
    before = contents(folder)
    first = command("read", bergen, project=project)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Lest / read: 1." in first.stdout
    assert "is not in form_editions" in first.stdout
    assert command("read", oslo, project=project).returncode == 0
    once = contents(folder)
    stamps = {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    # A copy has another name and another time; it is the same form.
    shutil.copy(bergen, tmp_path / "in" / "kopi.xlsx")
    again = command("read", tmp_path / "in", project=project)
    assert again.returncode == 0, again.stdout
    assert "read before: 3." in again.stdout
    assert "Forms" in again.stderr and "3/3" in again.stderr
    assert contents(folder) == once
    assert {p: p.stat().st_mtime_ns for p in folder.iterdir()} == stamps
    # In the other order the files are the same.
    for name in ("submissions_2026.csv", "answers_2026.csv"):
        (folder / name).unlink(missing_ok=True)
    for name in ("form_rows.csv", "form_files.csv"):
        (folder / name).write_bytes(before[name])
    for path in (oslo, bergen):
        assert command("read", path, project=project).returncode == 0
    assert contents(folder) == once
    # Nothing else was touched.
    new = {"submissions_2026.csv", "answers_2026.csv"}
    new |= {"form_rows.csv", "form_files.csv"}
    assert {name for name in once if once[name] != before.get(name)} == new
    rows = rows_of(folder / "submissions_2026.csv")
    assert [row["enhet"] for row in rows] == ["0301"] * 9 + ["4601"] * 9
    assert rows[9]["merknad"] == "flyttet, «nytt»\nbygg"
    assert rows[0]["aarsverk_a"] == "1 250,5" and rows[0]["aarsverk_sum"] == "1250.5"


def test_rows_that_came_otherwise_stay_as_they_are(
    project: Path, tmp_path: Path
) -> None:
    """Byte by byte, before those of forms, with the file's own line ends."""
    path = project / "seeds" / "submissions" / "submissions_2025.csv"
    old = path.read_bytes().replace(b"\n", b"\r\n")
    old += b'"x-1","4601",2025-01-01,"voksne",Annet,"1",,,,,,"a ""b""\r\nc"\r\n'
    path.write_bytes(old)
    form = fill(write(tmp_path, year=2025), B8=2.5)
    assert command("read", form, project=project).returncode == 0
    now = path.read_bytes()
    assert now.startswith(old)
    assert now[len(old) :].count(b"\r\n") == 9
    assert b"\n" not in now.replace(b"\r\n", b"")


def test_what_was_stopped_halfway_is_made_whole(project: Path, tmp_path: Path) -> None:
    """What is not in the list of workbooks is read again."""
    form = fill(write(tmp_path), B8=2.5)
    folder = project / "seeds" / "submissions"
    nothing = (folder / "form_files.csv").read_bytes()
    assert command("read", form, project=project).returncode == 0
    whole = contents(folder)
    (folder / "form_files.csv").write_bytes(nothing)
    assert command("read", form, project=project).returncode == 0
    assert contents(folder) == whole


def test_the_list_of_workbooks_takes_its_place_last(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stops the storing, what is listed is stored."""
    form = read_one(fill(write(tmp_path), B8=2.5))
    folder = project / "seeds" / "submissions"
    before, rename = (folder / "form_files.csv").read_bytes(), Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if Path(target).name == "form_files.csv":
            raise OSError("no space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(OSError, match="no space left"):
        store([form], folder, project)
    assert (folder / "submissions_2026.csv").exists()
    assert (folder / "form_files.csv").read_bytes() == before
    monkeypatch.undo()
    store([form], folder, project)
    assert len(rows_of(folder / "submissions_2026.csv")) == 9
    assert len(rows_of(folder / "form_rows.csv")) == 9
    assert len(rows_of(folder / "form_files.csv")) == 1


def test_every_reason_is_printed_and_a_name_is_one_line(
    project: Path, tmp_path: Path
) -> None:
    bad = fill(write(tmp_path / "in"), B8="ca 4", C9="-1", H10="=1")
    good = fill(
        write(tmp_path / "in", Unit("4602", "Kinn\nLest / read: 9", True)), B8=1
    )
    process = command("read", bad, good, project=project)
    assert process.returncode == 1
    for place, found in (("B8", "ca 4"), ("C9", "-1"), ("H10", "=1")):
        for language in ("nb: ", "en: "):
            (line,) = [
                line
                for line in process.stdout.splitlines()
                if line.startswith(f"  {language}Voksne!{place}: ")
            ]
            assert found in line
    lines = process.stdout.splitlines()
    assert [line for line in lines if line.startswith("Lest")] == [
        "Lest / read: 1. Lest før / read before: 0. Ikke lest / not read: 1."
    ]


def test_a_year_that_is_not_set_up_is_said(project: Path, tmp_path: Path) -> None:
    settings = project / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("years: [2024, 2025]", "years: [2024, 2025, 2026]"),
        encoding="utf-8",
    )
    form = fill(write(tmp_path), B8=2.5)
    process = command("read", form, project=project)
    assert "form_editions" not in process.stdout
    change(form, lambda book: book["Spørsmål"].__setitem__("B6", "Uendret"))
    process = command("read", form, project=project)
    assert process.returncode == 0
    assert "2026 er ikke med i answer_years" in process.stdout


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: c[:-1], "does not end with a line end"),
        (lambda c: c + b"\xe5\n", "is not UTF-8"),
        (lambda c: c + b"a,b\n", "2 fields, the header has 12"),
        (lambda c: c + b'a,"b"c,d\n', "Mend it first"),
        (lambda c: c.replace(b"tjeneste", b"service", 1), "line 1: the columns are"),
    ],
    ids=["cut off", "encoding", "fields", "quotes", "columns"],
)
def test_a_spoiled_file_of_submissions_is_left_alone(
    project: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    path = project / "seeds" / "submissions" / "submissions_2025.csv"
    path.write_bytes(spoil(path.read_bytes()))
    before = contents(path.parent)
    form = fill(write(tmp_path, year=2025), B8=2.5)
    process = command("read", form, project=project)
    assert process.returncode == 1
    assert "Nothing was stored" in process.stderr
    assert "submissions_2025.csv" in process.stderr and said in process.stderr
    assert contents(path.parent) == before


def test_two_cannot_store_at_once(project: Path, tmp_path: Path) -> None:
    from arsverk.form.storing import alone

    form = fill(write(tmp_path), B8=2.5)
    with alone(project / "seeds" / "submissions"):
        process = command("read", form, project=project)
    assert process.returncode == 1
    assert "Somebody else is reading forms" in process.stderr


def test_last_years_form_is_not_taken_by_mistake(project: Path, tmp_path: Path) -> None:
    """With 2026 among the collection years, a form of 2025 needs --year."""
    settings = project / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("years: [2024, 2025]", "years: [2024, 2025, 2026]"),
        encoding="utf-8",
    )
    form = fill(write(tmp_path, year=2025), B8=2.5)
    process = command("read", form, project=project)
    assert process.returncode == 1
    assert "The form is of 2025" in process.stdout and "--year 2025" in process.stdout
    assert command("read", form, "--year", 2025, project=project).returncode == 0


def test_the_time_of_receipt_can_be_given(project: Path, tmp_path: Path) -> None:
    form = fill(write(tmp_path), B8=2.5)
    os.utime(form, (0, datetime(2026, 2, 3, 4, 5, 6).timestamp()))
    (read,) = read_forms([form], project, QUIET)
    assert read.submissions[0]["mottatt"] == "2026-02-03T04:05:06"
    process = command("read", form, "--received", "2026-03-14T10:15", project=project)
    assert process.returncode == 0, process.stderr
    rows = rows_of(project / "seeds" / "submissions" / "submissions_2026.csv")
    assert {row["mottatt"] for row in rows} == {"2026-03-14T10:15:00"}


def test_a_file_outside_the_project_is_said(tmp_path: Path) -> None:
    process = command("read", "x.xlsx", project=tmp_path)
    assert process.returncode == 1
    assert "Run the command in the project's folder" in process.stderr


# --- As the build judges it -------------------------------------------------------


@pytest.fixture
def to_be_built(tmp_path: Path) -> Path:
    """Copy all that a build needs."""
    return copy_project(tmp_path / "project")


def from_arendal(folder: Path) -> Path:
    """Fill in 9,000 person-years, and none for children and youth, who had some.

    One number has five decimals.
    """

    def work(book: openpyxl.Workbook) -> None:
        book["Voksne"]["C9"], book["Voksne"]["C13"] = 20.12345, 9000
        book["Barn og unge"]["B4"] = "x"
        book["Spørsmål"]["B6"] = "Stor økning"

    return change(write(folder, Unit("4203", "Arendal", True), year=2025), work)


def built_in_memory(build: Build, project: Path, file: Path) -> Path:
    """Build the last years in memory, and write what is read of them into a file."""
    compiled = CompiledProject(
        read_manifest(build.manifest), [*check.TABLES, "population"], root=project
    )
    compiled.read_files(since=2024)
    compiled.connection.execute(f"attach '{file}' as written")
    schemas = ("marts", "reference", "reports")
    for schema in schemas:
        compiled.connection.execute(f"create schema written.{schema}")
    for name, node in compiled.nodes.items():
        if node["schema"] in schemas:
            relation = f"{node['schema']}.{name}"
            compiled.connection.execute(
                f"create table written.{relation} as from arsverk.{relation}"
            )
    compiled.connection.close()
    return file


def build_with_dbt(_: Build, project: Path, file: Path) -> Path:
    """Build what concerns forms, with its data tests."""
    process = run_dbt(
        *("build", "--select", "+fct_submission_issue", "+fct_submission"),
        *("+fct_response", "form_rows", "form_files"),
        *("--exclude-resource-type", "unit_test"),
        *("--indirect-selection", "buildable"),
        target=project / "target",
        project=project,
    )
    assert process.returncode == 0, process.stdout[-6000:]
    assert "every_row_received_in_a_form" in process.stdout
    return project / "target" / "arsverk.duckdb"


# R2
@pytest.mark.parametrize(
    "built", [built_in_memory, pytest.param(build_with_dbt, marks=ALL)]
)
def test_a_check_finds_what_the_build_will_find(
    build: Build,
    to_be_built: Path,
    built: Callable[[Build, Path, Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The check comes first and stores nothing; then forms are read, and built."""
    project = to_be_built
    path = from_arendal(tmp_path)
    if built is built_in_memory:

        def build_aside(form: Form, project: Path, folder: Path) -> Path:
            check.copy_beside(project, folder)
            store([form], folder / SUBMISSIONS, project)
            return built_in_memory(build, folder, folder / "check.duckdb")

        monkeypatch.setattr(check, "build", build_aside)
    before = contents(project / "seeds" / "submissions")
    checked = command("check", path, "--language", "en", project=project)
    assert checked.returncode == 1, checked.stderr
    said = " ".join(checked.stdout.split())
    assert "4203 Arendal, 2025" in said
    assert "ERROR, cannot be used (Voksne): " in said
    assert "QUESTION (Barn og unge): " in said
    assert "QUESTION (Voksne!C9): " in said and "20.12345" in said
    assert "Nothing was stored or sent." in said
    assert contents(project / "seeds" / "submissions") == before
    assert not (project / "target").exists()

    # Two people of another unit send a part each, and one of them once more; and a form
    # of the year to come is there already.
    unit = Unit("4204", "Kristiansand", True)
    paths = [path, fill(write(tmp_path / "1", unit, year=2025), B8=200)]
    paths += [fill(write(tmp_path / "2", unit, year=2025), B8=210)]
    paths += [write(tmp_path / "3", unit, year=2025)]
    change(paths[-1], lambda book: book["Barn og unge"].__setitem__("C8", 90))
    for n, sent in enumerate(paths):
        received = f"2026-01-0{n + 1}"
        arguments = ("read", sent, "--year", 2025, "--received", received)
        read = command(*arguments, project=project)
        assert read.returncode == 0, read.stdout + read.stderr
    read = command("read", fill(write(tmp_path), B8=1), project=project)
    assert read.returncode == 0, read.stdout + read.stderr
    file = built(build, project, tmp_path / "built.duckdb")
    with duckdb.connect(str(file), read_only=True) as connection:
        of_build = connection.execute(
            """select rule_code, message_en from marts.fct_submission_issue
            where submission_id like 'form-2025-4203-%'"""
        ).fetchall()
        assert "implausible_level" in {code for code, _ in of_build}
        for _, message in of_build:
            assert " ".join(message.split()) in said, message
        assert said.count("ERROR, cannot be used") + said.count("QUESTION") == len(
            of_build
        )
        assert connection.execute(
            """select target_group, status, fte from marts.fct_response
            where year = 2025 and reporting_unit_code = '4204'
                and submission_id like 'form-2025-4204-%' order by target_group"""
        ).fetchall() == [
            ("adults", "reported", 210),
            ("children_youth", "reported", 90),
        ]


@ALL
def test_a_form_of_the_year_to_come_is_checked(
    to_be_built: Path, tmp_path: Path
) -> None:
    """Five decimals are asked about, with their cell; nothing is in the way."""
    path = fill(write(tmp_path, Unit("4203", "Arendal", True)), C9=20.12345)
    process = command("check", path, "--language", "en", project=to_be_built)
    assert process.returncode == 0, process.stdout + process.stderr
    said = " ".join(process.stdout.split())
    assert "The inhabitants of 2026 are not there yet" in said
    assert "QUESTION (Voksne!C9): " in said
    assert "20.12345" in said
    # The figures, beside last year's.
    assert re.search(r"Day and activity services │ 20.12 │ [\d.]+ │", said)
    assert "Nothing was stored or sent." in said


@pytest.mark.parametrize("what", ["a folder", "nothing"])
def test_a_check_is_of_one_file(tmp_path: Path, what: str) -> None:
    path = tmp_path if what == "a folder" else tmp_path / "none.xlsx"
    process = command("check", path, project=ROOT)
    assert process.returncode == 1
    assert "er ikke en fil. Oppgi ett skjema." in process.stderr
    assert "Traceback" not in process.stderr


def test_a_form_that_cannot_be_read_is_not_checked(tmp_path: Path) -> None:
    path = fill(write(tmp_path), B8="ca 4")
    process = command("check", path, project=ROOT)
    assert process.returncode == 1
    assert "Voksne!B8: «ca 4» er ikke et tall" in process.stdout
    assert "Voksne!B8: “ca 4” is no number" in process.stdout
