"""The documentation names every rule, and names only what exists."""

import hashlib
import json
import re

import pytest

import traceability
from conftest import ROOT, Build

RULES = [f"R{n}" for n in range(1, 30)]


@pytest.fixture(scope="module")
def names(build: Build) -> dict[str, set[str]]:
    """Return the names of the models, and of the tests of both kinds."""
    manifest = json.loads((build.target / "manifest.json").read_text())
    nodes = [*manifest["nodes"].values(), *manifest["unit_tests"].values()]
    in_python = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    return {
        "models": {n["name"] for n in nodes if n["resource_type"] == "model"},
        "tests": in_python
        | {n["name"] for n in nodes if n["resource_type"] in ("test", "unit_test")},
    }


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_its_sentence_mark_and_test(rule: str) -> None:
    assert traceability.stated().get(rule), "no sentence in docs/methods.md"
    assert traceability.by_rule(traceability.carried_out()).get(rule), "no mark in SQL"
    assert traceability.by_rule(traceability.held()).get(rule), "no test"


def test_the_table_of_rules_is_fresh() -> None:
    there = traceability.PAGE.read_text(encoding="utf-8")
    assert there == traceability.page(), "python tools/traceability.py"


def test_every_unit_test_of_a_rule_is_in_the_table(
    names: dict[str, set[str]],
) -> None:
    page = traceability.page()
    of_rules = {name for name in names["tests"] if re.match(r"r\d\d_", name)}
    assert {name for name in of_rules if f"`{name}`" not in page} == set()
    assert len(of_rules) > 100


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
    page = traceability.page()
    for code in codes:
        assert re.search(rf"(?m)^- `{code}`: \[", page)
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
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "models").rglob("*.md"),
        *(ROOT / "macros").rglob("*.md"),
        ROOT / "tests" / "README.md",
    ]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
