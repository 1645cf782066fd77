"""The documentation names every rule, and names only what exists."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from conftest import ROOT, Build

pytestmark = pytest.mark.sql

RULES = [f"R{n}" for n in range(1, 30)]
PAGE = (ROOT / "docs" / "traceability.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| ---")
]


@pytest.fixture(scope="module")
def names(build: Build) -> dict[str, set[str]]:
    """Return the names of the models, and of the tests of both kinds."""
    manifest = json.loads((build.target / "manifest.json").read_text())
    nodes = [*manifest["nodes"].values(), *manifest["unit_tests"].values()]
    in_python = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    return {
        "models": {n["name"] for n in nodes if n["resource_type"] == "model"},
        "tests": in_python
        | {n["name"] for n in nodes if n["resource_type"] in ("test", "unit_test")},
    }


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_its_sentence_model_and_test(rule: str) -> None:
    (row,) = [row for row in ROWS if row[0] == rule]
    assert row[2] and row[3]
    methods = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{rule}\b", methods)


def test_every_name_in_the_table_exists(names: dict[str, set[str]]) -> None:
    models = {
        m for row in ROWS if len(row) > 2 for m in re.findall(r"`(\w+)`", row[-2])
    }
    tests = {t for row in ROWS for t in re.findall(r"`(\w+)`", row[-1])}
    codes = {"current", "legacy"}
    assert models - codes <= names["models"]
    assert tests <= names["tests"]
    assert len(tests) > 50


def test_every_unit_test_of_a_rule_is_in_the_table(
    names: dict[str, set[str]],
) -> None:
    of_rules = {name for name in names["tests"] if re.match(r"r\d\d_", name)}
    assert {name for name in of_rules if f"`{name}`" not in PAGE} == set()


def test_a_unit_test_is_named_after_a_rule_that_exists(
    names: dict[str, set[str]],
) -> None:
    for name in names["tests"]:
        for number in re.findall(r"(?:^|_)r(\d\d)_", name):
            assert f"R{int(number)}" in RULES, name


def test_every_check_is_in_the_table_and_in_the_methods() -> None:
    rules = (ROOT / "seeds" / "reference" / "rules.csv").read_text(encoding="utf-8")
    codes = re.findall(r"^(\w+),error,hard,", rules, re.MULTILINE)
    assert len(codes) == 10 + 4
    codes += re.findall(r"^(\w+),\w+,(?:format|soft|review),", rules, re.MULTILINE)
    assert len(codes) == 10 + 4 + 3 + 6 + 1
    methods = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    for code in codes:
        assert f"| `{code}` |" in PAGE
        assert f"`{code}`" in methods


def test_the_checksums_of_the_sources_are_true() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    stated = dict(
        re.findall(r"^\| `?(seeds/\S+?\.csv)`? \| `?(\w{64})`? \|", page, re.M)
    )
    found = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "seeds").rglob("*.csv")
    }
    assert stated == found


def test_links_in_the_documentation_lead_somewhere() -> None:
    for path in [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        *(ROOT / "docs").glob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
