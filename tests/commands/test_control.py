"""Control of what comes in: findings, reviews, and the reports that people run."""

import csv
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from arsverk.control import number, plain
from arsverk.sheets import defused, write_csv, write_xlsx
from conftest import ROOT, Build, copy_project, run_dbt
from running import run_here

FIXTURE = ROOT / "tests" / "fixtures" / "expected_findings.csv"


def expected() -> list[dict[str, str]]:
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(module: str, *arguments: str, file: Path) -> subprocess.CompletedProcess[str]:
    return run_here(module, *arguments, ARSVERK_DUCKDB=str(file))


def words(text: str) -> str:
    """Return a printed table as one line of words."""
    return " ".join("".join(" " if c in "│┃\n" else c for c in text).split())


# --- What was planted in the demo, worked out by hand --------------------------

SOFT = {"large_change", "falls_to_zero", "unchanged_form", "sum_differs"}


def found(build: Build, kinds: str) -> list[dict[str, str]]:
    rows = build.query(
        f"""select submission_id, target_group, reporting_unit_code, rule_code,
            coalesce(service_label, ''), coalesce(column_name, ''),
            coalesce(raw_value, ''), fte, compared_fte, coalesce(set_aside_by, '')
        from marts.fct_submission_issue where {kinds}"""
    )
    names = list(expected()[0])[:-1]
    return [
        dict(
            zip(
                names,
                (
                    str(v.normalize() + 0) if isinstance(v, Decimal) else v or ""
                    for v in row
                ),
                strict=True,
            )
        )
        for row in rows
    ]


def key(row: dict[str, str], *left_out: str) -> tuple[str, ...]:
    return tuple(
        f"{Decimal(v):f}" if n in ("fte", "compared_fte") and v else v
        for n, v in row.items()
        if n not in ("worked_out", *left_out)
    )


def test_every_hard_finding_of_the_demo_is_the_one_worked_out_by_hand(
    build: Build,
) -> None:
    by_hand = [row for row in expected() if row["rule_code"] not in SOFT]
    computed = found(
        build,
        "concerns = 'person_years'"
        " and (severity = 'error' or rule_code = 'unreadable_sum')",
    )
    assert sorted(map(key, computed)) == sorted(map(key, by_hand))


# R28
def test_every_finding_about_an_answer_of_the_demo_is_the_one_planted(
    build: Build,
) -> None:
    found = build.query(
        """select submission_id, reporting_unit_code, target_group, rule_code,
            question_label, column_name, raw_value
        from marts.fct_submission_issue where concerns = 'questions'
        order by submission_id, raw_value"""
    )
    staff, path = "staff_use", "cooperation_pathway_3"
    one, two = "demo-2024-000294", "demo-2025-000007"
    assert [row[1:] for row in found] == [
        ("1108", "all", "unknown_answer", path, "svar", "Litt dårlig"),
        (
            *("5444", "all", "unknown_question", "ventetid_barn"),
            *("sporsmal", "ventetid_barn"),
        ),
        ("4640", "all", "unknown_answer", "staff_use_changes", "svar", "kommuneplan"),
        ("3403", "all", "several_answers", "discharge_problems", "svar", "none"),
        ("3403", "all", "several_answers", "discharge_problems", "svar", "some"),
        ("1506", "all", "several_answers", staff, "svar", "changed"),
        ("1506", "all", "several_answers", staff, "svar", "planned"),
        ("0301", "all", "unit_not_asked", None, "enhet", "0301"),
        (
            *("5601", "children_youth", "unknown_answer"),
            *("requests_mental_health_children_youth", "svar", "35 %"),
        ),
    ]
    assert [row[0] for row in found].count(one) == 2
    assert [row[0] for row in found].count(two) == 2


def test_the_soft_findings_worked_out_by_hand_are_found(build: Build) -> None:
    by_hand = {key(row) for row in expected() if row["rule_code"] in SOFT}
    computed = {key(row) for row in found(build, "kind = 'soft'")}
    assert len(by_hand) == 11
    assert by_hand - computed == set()


def test_the_demo_has_every_kind_of_defect(build: Build) -> None:
    without = build.query(
        """select rules.rule_code, count(issues.rule_code) as n
        from reference.rules as rules
        left join marts.fct_submission_issue as issues
            on rules.rule_code = issues.rule_code
        group by rules.rule_code
        having count(issues.rule_code) = 0"""
    )
    # An identifier is never empty in the demo: it carries the label of the demo.
    assert without == [("empty_submission_id", 0)]


def test_every_message_is_filled_in(build: Build) -> None:
    assert (
        build.query(
            """select message_nb from marts.fct_submission_issue
            where regexp_matches(concat(message_nb, message_en), '[{][a-z_]+[}]')
            or message_nb is null or message_en is null"""
        )
        == []
    )
    assert (
        build.query(
            """select reason_nb from marts.fct_contact_list
            where regexp_matches(concat(reason_nb, reason_en), '[{][a-z_]+[}]')
            or reason_nb is null or reason_en is null"""
        )
        == []
    )


# --- Reviews ------------------------------------------------------------------


def test_a_review_shows_beside_the_value(build: Build) -> None:
    """Kongsberg was corrected, Vennesla accepted, Haugesund's trial rejected."""
    assert build.query(
        """select reporting_unit_code, target_group, status, review_decisions
        from marts.fct_response where is_reviewed order by 1"""
    ) == [
        ("1106", "children_youth", "reported", "reject"),
        ("3303", "adults", "reported", "correct"),
        ("4223", "adults", "reported", "accept"),
    ]
    assert build.query(
        """select distinct region_code from marts.fct_indicator
        where is_reviewed and region_level = 'municipality' order by 1"""
    ) == [("1106",), ("3303",), ("4223",)]
    assert build.query(
        "select distinct year from marts.fct_indicator where is_reviewed"
    ) == [(2025,)]
    # 34.4 with 8.9 in the place of the 89 that was typed.
    assert build.query(
        """select fte from marts.fct_response
        where year = 2025 and reporting_unit_code = '3303'
        and target_group = 'adults'"""
    ) == [(Decimal("34.4"),)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, for files of its own."""
    return copy_project(tmp_path_factory.mktemp("reviews") / "project")


# R24
def test_a_decision_at_fault_stops_the_build_and_names_its_line(
    build: Build, project: Path
) -> None:
    reviews = project / "seeds" / "submissions" / "reviews.csv"
    good = (ROOT / "seeds" / "submissions" / "reviews.csv").read_text(encoding="utf-8")
    decided = "2025-05-02,lead,asked by phone\n"
    reviews.write_text(
        good
        # Line 5 matches nothing, 6 contradicts line 3, and nobody can accept a
        # number that cannot be read (7).
        + "2025,demo-2025-999999,adults,accept,,,,,"
        + decided
        + "2025,demo-2025-000156,adults,reject,,,,,"
        + decided
        + "2025,demo-2025-000115,children_youth,accept,,,,,"
        + decided,
        encoding="utf-8",
    )
    target = project / "target"
    target.mkdir(exist_ok=True)
    shutil.copy(build.duckdb, target / "arsverk.duckdb")
    process = run_dbt(
        "build",
        "--select",
        "reviews+",
        "--exclude-resource-type",
        "unit_test",
        target=target,
        project=project,
        is_parsed=True,
    )
    assert process.returncode != 0
    message = words(process.stdout)
    file = "seeds/submissions/reviews.csv"
    assert f'{file}, line 5: no submission "demo-2025-999999" of "2025"' in message
    assert f"{file}, line 6: it contradicts or repeats line 3" in message
    assert f"{file}, line 3: it contradicts line 6, which rejects the part" in message
    assert (
        f"{file}, line 7: the part cannot be accepted because of not_a_number; correct"
        " the cell, or ask for a new submission"
    ) in message
    assert "line 2:" not in message and "line 4:" not in message
    # Nothing that people read was touched.
    before, after = build.query, Build(target).query
    for table in ("fct_response", "fct_indicator", "fct_submission_issue"):
        sql = f"select count(*), sum(hash(t)) from marts.{table} as t"
        assert before(sql) == after(sql)


# --- The reports --------------------------------------------------------------


def test_control_prints_who_has_answered_and_whom_to_phone(
    build: Build, tmp_path: Path
) -> None:
    process = run(
        "arsverk.control", "--year", "2025", "--out", str(tmp_path), file=build.duckdb
    )
    assert process.returncode == 0, process.stderr
    text = words(process.stdout)
    # 372 units, 5 without adults and 15 without children and youth, one of the
    # latter sent something unusable; the year before 370 had answered by then.
    assert "Voksne 372 367 0 5 5 0 370 av 372" in text
    assert "Barn og unge 372 357 1 14 15 0 370 av 372" in text
    assert "4612 Sveio Barn og unge demo-2025-000115" in text
    assert "Ring først (15 av" in text
    assert "1 5059 Orkland, voksne: 97,4 årsverk i 2025, mot 41,9 i 2024;" in text
    assert "3 avgjørelser etter gjennomgang gjelder dette året." in text
    assert "oppdiktet" in text
    for name in ("contact_list_2025.csv", "contact_list_2025.xlsx"):
        assert name in text
        assert (tmp_path / name).exists()


def test_the_contact_list_is_written_whole(build: Build, tmp_path: Path) -> None:
    process = run(
        "arsverk.control",
        "--year",
        "2025",
        "--language",
        "en",
        "--out",
        str(tmp_path),
        file=build.duckdb,
    )
    assert process.returncode == 0, process.stderr
    listed = build.query(
        """select contact_order, reporting_unit_code, fte, fte_before, influence_fte,
            reason_en
        from marts.fct_contact_list where year = 2025 order by contact_order"""
    )
    with (tmp_path / "contact_list_2025.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))[1:]
    assert [
        (
            int(r[0]),
            r[1],
            Decimal(r[5]),
            Decimal(r[6]) if r[6] else None,
            Decimal(r[7]),
            r[9],
        )
        for r in rows
    ] == listed
    sheet = openpyxl.load_workbook(tmp_path / "contact_list_2025.xlsx").active
    cells = list(sheet.iter_rows(min_row=2))
    assert [(c[0].value, c[1].value, c[9].value) for c in cells] == [
        (row[0], row[1], row[5]) for row in listed
    ]
    # Every row says what the figures rest on.
    assert {c[10].value for c in cells} == {
        "The figures of 2025 are invented and do not rest on received forms; only"
        " the number of units that did not answer is published."
    }
    # Codes stay text, figures are numbers, nothing is a formula.
    assert {c[1].data_type for c in cells} == {"s"}
    assert {c[5].data_type for c in cells} == {"n"}
    assert all(cell.data_type != "f" for row in cells for cell in row)


def test_feedback_shows_a_unit_its_findings_and_figures(build: Build) -> None:
    process = run(
        "arsverk.feedback", "--unit", "5059", "--year", "2025", file=build.duckdb
    )
    assert process.returncode == 0, process.stderr
    text = words(process.stdout)
    assert "5059 Orkland: tilbakemelding for 2025" in text
    messages = build.query(
        """select message_nb from marts.fct_submission_issue
        where year = 2025 and reporting_unit_code = '5059'"""
    )
    assert len(messages) >= 4
    for (message,) in messages:
        assert words(message) in text
    # This year's figure, last year's, the change, per 1,000, the group's.
    ((per_1000, group),) = build.query(
        """select per_1000, comparison_per_1000 from marts.fct_unit_figure
        where year = 2025 and reporting_unit_code = '5059'
        and target_group = 'adults' and breakdown = 'total'"""
    )
    assert (
        f"I alt 97,40 41,90 55,50 {number(per_1000, 'nb')} {number(group, 'nb')}"
        in text
    )
    assert "KOSTRA-gruppe 7" in text
    assert "bør sammenlignes med forsiktighet" in text


def test_feedback_says_what_became_of_an_answer(build: Build) -> None:
    rejected = words(
        run(
            "arsverk.feedback", "--unit", "4612", "--year", "2025", file=build.duckdb
        ).stdout
    )
    assert "Barn og unge: ikke noe brukbart svar; tallene er fra 2024" in rejected
    assert "FEIL demo-2025-000115: «NaN» i aarsverk_b" in rejected
    corrected = words(
        run(
            "arsverk.feedback", "--unit", "3303", "--language", "en", file=build.duckdb
        ).stdout
    )
    assert 'aarsverk_b for "BOLIG MED FAST BEMANNING" corrected from "89" to' in (
        corrected
    )
    first_year = words(
        run(
            "arsverk.feedback", "--unit", "030101", "--year", "2024", file=build.duckdb
        ).stdout
    )
    assert "2024 er første år i serien: ikke sammenlignet" in first_year


@pytest.mark.parametrize(
    ("module", "arguments", "message"),
    [
        (
            "arsverk.control",
            ["--year", "2031"],
            "2031 er ikke et innsamlingsår; det finnes 2015, 2016,",
        ),
        (
            "arsverk.feedback",
            ["--unit", "1601", "--year", "2020", "--language", "en"],
            "1601 is no reporting unit in 2020; it is one in 2015 to 2017.",
        ),
        (
            "arsverk.feedback",
            ["--unit", "46"],
            "«46» er ingen av de 372 enhetene i 2025. Mente du 4601 Bergen,",
        ),
    ],
)
def test_what_is_not_there_is_told(
    build: Build, tmp_path: Path, module: str, arguments: list[str], message: str
) -> None:
    if module == "arsverk.control":
        arguments = [*arguments, "--out", str(tmp_path)]
    process = run(module, *arguments, file=build.duckdb)
    assert process.returncode == 1
    assert message in process.stderr
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize(
    "all_years", [False, pytest.param(True, marks=pytest.mark.long)]
)
def test_every_year_has_a_report_in_both_languages(
    build: Build, tmp_path: Path, all_years: bool
) -> None:
    """Both parts, with the units that must answer and those that did.

    In the quick case the first year and the last.
    """
    counts = build.query(
        """select year, target_group, count(*) as expected,
            count(*) filter (receipt_status = 'received') as usable
        from marts.fct_response group by all order by all"""
    )
    names = {
        "nb": {"adults": "Voksne", "children_youth": "Barn og unge"},
        "en": {"adults": "Adults", "children_youth": "Children and"},
    }
    years = sorted({row[0] for row in counts})
    for year in years if all_years else (years[0], years[-1]):
        for language in ("nb", "en"):
            process = run(
                "arsverk.control",
                "--year",
                str(year),
                "--language",
                language,
                "--out",
                str(tmp_path),
                file=build.duckdb,
            )
            assert process.returncode == 0, process.stderr
            text = words(process.stdout)
            for of_year, group, expected_units, usable in counts:
                if of_year == year:
                    row = f"{names[language][group]} {expected_units} {usable} "
                    assert row in text, (year, language)


# --- Nothing in a table runs --------------------------------------------------

HOSTILE = [
    "=1+1",
    "+47 123",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    ' =HYPERLINK("http://example.com")',
    "\u00a0=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_a_spreadsheet_would_run_is_defused(
    tmp_path: Path, text: str
) -> None:
    assert str(defused(text)).startswith("'")
    path = write_csv(tmp_path / "t.csv", ["a", "b"], [[text, Decimal("-1.5")]])
    with path.open(encoding="utf-8", newline="") as file:
        row = list(csv.reader(file))[1]
    assert row[0].startswith("'")
    assert row[1] == "-1.5"
    path = write_xlsx(
        tmp_path / "t.xlsx", "t", ["a", "b"], [[text, Decimal("-1.5")]], [9, 9]
    )
    cells = next(openpyxl.load_workbook(path).active.iter_rows(min_row=2))
    assert cells[0].data_type == "s" and cells[0].value.startswith("'")
    assert cells[1].data_type == "n" and cells[1].value == -1.5


@pytest.mark.parametrize("text", ["a;=1+1", "a,-2", "a\n@x", 'a;"=1', "a|+1", "a; =1"])
def test_a_separator_in_a_csv_starts_no_formula(tmp_path: Path, text: str) -> None:
    path = write_csv(tmp_path / "t.csv", ["a"], [[text]])
    content = path.read_bytes().decode()
    assert not re.search(r'[;,|\t\n][ "]*[=+@-]', content.split("\r\n", 1)[1])


def test_what_is_harmless_is_not_touched() -> None:
    for value in ("Øygarden", "1+1=2", "", None, 3, Decimal("-2")):
        assert defused(value) == value


def test_nothing_typed_is_markup_in_the_terminal() -> None:
    from rich.text import Text

    assert Text.from_markup(plain("[red]x[/red] \x1b[2J")).plain == (
        "[red]x[/red] \ufffd[2J"
    )


def test_numbers_are_written_as_people_do() -> None:
    assert number(Decimal("12345.50"), "nb") == "12\u2009345,50"
    assert number(Decimal("12345.50"), "en") == "12,345.50"
    assert number(Decimal("-1.5"), "nb") == "-1,5"
    assert number(None, "nb") == "–"
