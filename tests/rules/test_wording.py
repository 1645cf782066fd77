"""Words stand in one place for each language, and all of them are used."""

import csv
import re
from string import Formatter

from arsverk.wording import LANGUAGES, catalogue
from conftest import ROOT

SOURCES = [
    path
    for folder in ("src/arsverk", "src/arsverk/site/templates")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".html")
]
# Sections that are taken whole, and keys that are put together.
WHOLE = re.compile(r'section\("(\w+)"\)|f"(\w+)\.\{')


def placeholders(text: str) -> set[str]:
    """Return the names that a message has to be given."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    nb, en = (catalogue(language) for language in LANGUAGES)
    assert list(nb) == list(en) == sorted(nb)
    assert [key for key in nb if not nb[key] or not en[key]] == []
    assert [k for k in nb if placeholders(nb[k]) != placeholders(en[k])] == []


def test_every_message_is_used_and_every_used_one_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    whole = {one or other for one, other in WHOLE.findall(code)}
    keys = set(catalogue("nb"))
    sections = {key.split(".")[0] for key in keys}
    any_key = rf"""["']((?:{"|".join(sections)})\.\w+)["']"""
    quoted = re.findall(any_key, code)
    assert len(quoted) > 200
    assert {key for key in quoted if not key.endswith(".duckdb")} <= keys
    named = {key for key in keys if key.split(".")[0] not in whole}
    assert named <= set(quoted)


def test_no_norwegian_stands_in_code() -> None:
    # Letters of names that are compared or written plainly, not words that are said.
    allowed = {"units.py", "book.py"}
    found = {
        path.name
        for path in SOURCES
        if path.suffix == ".py" and re.search("[æøåÆØÅ]", path.read_text("utf-8"))
    }
    assert found <= allowed


def test_every_text_of_the_marts_is_used() -> None:
    path = ROOT / "seeds" / "texts" / "sentences.csv"
    with path.open(encoding="utf-8", newline="") as file:
        codes = [row["text_code"] for row in csv.DictReader(file)]
    sources = [p for of in ("models", "macros") for p in (ROOT / of).rglob("*.sql")]
    sql = "\n".join(path.read_text("utf-8") for path in sources)
    quoted = set(re.findall(r'"(\w+)"', sql))
    # Codes that are put together: "spread_in_" ~ level.
    begun = tuple(re.findall(r'sentence\(\s*"(\w+_)" ~', sql))
    assert [c for c in codes if c not in quoted and not c.startswith(begun)] == []
