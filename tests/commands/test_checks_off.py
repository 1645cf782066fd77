"""The control says which checks are off, and names nobody without a reason."""

import io
import re

import pytest
import yaml
from rich.console import Console

from arsverk.control import TEXTS, Control
from arsverk.working_file import Marts
from compiled_project import CompiledProject, read_manifest
from conftest import ROOT, Build

TABLES = (
    *("int_checks__applied", "dim_target_group", "dim_year", "fct_review"),
    *("rpt_collection_status", "rpt_checks_off", "rpt_unusable_parts"),
    *("rpt_unusable_answers", "rpt_silent_units", "rpt_contacts", "rpt_quality"),
    "rpt_imputation_range",
)
UNITS = [f"11{n:02d}" for n in (1, 3, 6, 8, 11, 12, 14, 19, 20, 21, 22, 24)]
LABEL = "Behandling, samtaler og oppfølging"


def line(year: int, unit: str, fte: str, own_sum: str | None = None) -> dict:
    """Return a line of adults in a form."""
    return {
        **{"year": year, "innsending_id": f"{year}-{unit}", "enhet": unit},
        **{"mottatt": f"{year}-03-01", "del": "voksne", "tjeneste": LABEL},
        **{"aarsverk_b" if year > 2023 else "aarsverk_uh": fte},
        **({"aarsverk_sum": own_sum} if own_sum else {}),
    }


def printed(project: CompiledProject, year: int, language: str) -> str:
    """Return what the control prints, as lines of words."""
    project.connection.execute("use arsverk")
    console = Console(file=io.StringIO(), width=200, highlight=False)
    Control(Marts(project.connection), year, language, console).print_all()
    text = console.file.getvalue()
    return "\n".join(
        " ".join("".join(" " if c in "│┃" else c for c in one).split())
        for one in text.splitlines()
    )


@pytest.fixture(scope="module")
def manifest(build: Build) -> dict:
    return read_manifest(build.manifest)


@pytest.fixture(scope="module")
def without_inhabitants(manifest: dict) -> CompiledProject:
    """Build a newest year whose inhabitants nobody has filled in yet."""
    keep = ("population", "year < 2025")
    return CompiledProject(manifest, TABLES, keep=keep)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_without_inhabitants_it_is_said_what_is_off_and_no_table_is_empty(
    without_inhabitants: CompiledProject, language: str
) -> None:
    rows = [line(2024, unit, "5") for unit in UNITS]
    # One that changes, one whose form is the same: it would weigh what its group
    # changed, which is nothing.
    rows += [line(2025, unit, "5", "5") for unit in UNITS[1:]]
    rows += [line(2025, UNITS[0], "50", "50")]
    without_inhabitants.read(rows)
    said = printed(without_inhabitants, 2025, language)
    texts = TEXTS[language]
    assert texts["off"] in said
    n = len(UNITS)
    assert texts["no_inhabitants"].format(year=2025, n=n, all=n) in said
    checks = without_inhabitants.connection.execute(
        f"""select checks_{language} from arsverk.reference.rules
        where rule_code in ('implausible_level', 'outlier_level')"""
    ).fetchall()
    assert len(checks) == 2 and all(check in said for (check,) in checks)
    assert "own" not in said or texts["no_own_sum"] not in said
    assert texts["no_rates"].format(year=2025) in said
    # A heading of a table is followed by a row.
    for table in re.split(r"\n(?=┏)", said)[1:]:
        assert len(re.findall(r"(?m)^[^┏┡└\n]+$", table.split("└")[0])) >= 2, table
    # Only who changed is to be phoned; the others are counted.
    called = said.split(texts["contact"].split("(")[0])[1].split("└")[0]
    assert re.findall(r"(?m)^(\d+) (\d{4}) ", called) == [("1", "1101")]
    assert texts["no_influence"].format(n=n - 1) in said


def test_with_inhabitants_those_checks_are_on(manifest: dict) -> None:
    """Off is what the first year of a series has nothing to compare with."""
    project = CompiledProject(manifest, TABLES)
    project.read([line(2024, unit, "5") for unit in UNITS])
    said = printed(project, 2024, "en")
    off = said.split("Checks that are off")[1].split("└")[0]
    assert "2024 has no figures of the year before in its series." in off
    assert "None of the forms has a sum of its own." in off
    assert "Inhabitants" not in off and "population" not in off
    assert re.search(r"(?m)^Rogaland \d", said)
    assert printed(project, 2023, "nb").count("2023 har ingen brukbare svar") == 1


def test_every_reason_has_its_words() -> None:
    path = ROOT / "models" / "intermediate" / "soft_checks" / "int_checks__applied"
    sql = path.with_suffix(".sql").read_text(encoding="utf-8")
    reasons = set(re.findall(r"'((?:no|small)_\w+)'", sql))
    described = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    (column,) = [
        c for c in described["models"][0]["columns"] if c["name"] == "reason_code"
    ]
    assert reasons == set(re.findall(r"`(\w+)`", column["description"]))
    assert all(reasons <= set(texts) for texts in TEXTS.values())
