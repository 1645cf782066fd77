"""The tree shows the road of a figure."""

import ast
import re
from collections import Counter
from datetime import date
from pathlib import Path

import yaml

from conftest import ROOT

MODELS = {path.stem: path for path in (ROOT / "models").rglob("*.sql")}
# The folders in the order in which a figure passes them (models/README.md).
ROAD = [
    *("staging/register", "staging/submissions", "staging/answers"),
    *("staging/reviews", "staging/releases"),
    *("intermediate/register", "intermediate/checks", "intermediate/counting"),
    *("intermediate/carry_forward", "intermediate/measures"),
    *("intermediate/questions", "intermediate/soft_checks"),
    *("marts/dimensions", "marts/core", "marts/collection"),
    *("marts/questions", "marts/comparison"),
    *("publishing/labelled", "publishing/releases"),
    *("publishing/quality", "publishing/words", "publishing/pages"),
    "publishing/reports",
]
# What the models of a layer are called.
NAMES = {
    "staging": r"stg_\w+",
    "intermediate": r"int_\w+",
    "marts": r"(dim|fct|bridge)_\w+|indicator_wide",
    "publishing": r"(dim|fct|labelled|pub|page|rpt)_\w+",
}
MOST_IN_A_FOLDER = 15
# Lines of a model without its import CTEs and its final list, and what is longer: most
# of it is one CTE after the other of the same kind, which are read one by one.
MOST_LINES = 120
LONGER = {
    "int_checks__hard": "a CTE a check",
    "int_answers__findings": "a CTE a check",
    "int_checks__soft": "a query a check",
    "int_checks__outliers": "two methods, from the same middles",
    "int_reviews__decisions": "a condition a fault",
    "int_regions__inhabitants_and_coverage": "a CTE a thing that is said of a region",
    "int_key_figures__levels": "a query a breakdown",
    "int_indicator__quartiles": "one formula, step by step",
    "dim_region": "a query a level",
    "fct_collection_status": "one series of days, step by step",
    "fct_comparison": "a text, part by part",
    "pub_revisions__reasons": "a CTE a reason",
    "pub_revisions__reasons_by_unit": "a CTE a reason",
    "pub_sentences__result": "a CTE a sentence",
    "pub_sentences__questions": "a CTE a sentence",
    "pub_sentences__notes": "a CTE a sentence",
    "pub_region_sentences__rates": "a CTE a sentence",
    "pub_region_sentences__person_years": "a CTE a sentence",
}
IMPORT = re.compile(
    r"^\w+ as \(\n\n(?: {4}--.*\n)*"
    r" {4}select \* from \{\{ ref\([^)]*\) \}\}\n(?: {4}where [^\n]*\n)?\n\),\n\n",
    re.MULTILINE,
)


def folder_of(model: str) -> str:
    """Return the folder of a model, as the road names it."""
    return MODELS[model].parent.relative_to(ROOT / "models").as_posix()


def read_by(model: str) -> set[str]:
    """Return the models that a model reads."""
    sql = MODELS[model].read_text(encoding="utf-8")
    return set(re.findall(r"ref\('(\w+)'\)", sql)) & set(MODELS)


def test_every_folder_is_on_the_road_and_says_what_happens_there() -> None:
    assert {folder_of(model) for model in MODELS} == set(ROAD)
    road = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    for folder in ROAD:
        readme = ROOT / "models" / folder / "README.md"
        assert len(readme.read_text(encoding="utf-8").splitlines()) in (3, 4), folder
        assert f"]({folder})" in road or f"]({folder.split('/')[0]})" in road


def test_a_model_reads_its_own_folder_or_one_above() -> None:
    place = {model: ROAD.index(folder_of(model)) for model in MODELS}
    assert sum(len(read_by(model)) for model in MODELS) > 200
    assert [
        (model, read)
        for model in MODELS
        for read in read_by(model)
        if place[read] > place[model]
    ] == []


def test_a_model_is_named_after_its_layer() -> None:
    layers = {model: folder_of(model).split("/")[0] for model in MODELS}
    assert [m for m, of in layers.items() if not re.fullmatch(NAMES[of], m)] == []


def test_no_folder_is_too_large_to_be_read() -> None:
    sizes = Counter(folder_of(model) for model in MODELS)
    assert {f: n for f, n in sizes.items() if n > MOST_IN_A_FOLDER} == {}


def length_of(sql: str) -> int:
    """Return the lines of a model without its import CTEs and its final list."""
    body = IMPORT.sub("", sql)
    before, mark, final = body.partition("final as (")
    return (before + mark + "\n    from ".join(final.split("\n    from ")[1:])).count(
        "\n"
    )


def test_a_model_is_not_too_long_to_be_read() -> None:
    lengths = {m: length_of(p.read_text("utf-8")) for m, p in MODELS.items()}
    assert {m for m, n in lengths.items() if n > MOST_LINES} == set(LONGER)


def test_one_macro_stands_in_a_file_and_is_named_like_it() -> None:
    """With its forms for other engines; dbt's own macros too, as they are here."""
    for path in sorted((ROOT / "macros").glob("*/*.sql")):
        sql = path.read_text(encoding="utf-8")
        names = set(re.findall(r"{%-? macro (?:default__|spark__|duckdb__)?(\w+)", sql))
        assert names == {path.stem}


def texts_of(path: Path) -> list[str]:
    """Return the texts of a Python file, what is filled in left out."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = [v.value for v in node.values if isinstance(v, ast.Constant)]
            found.append(" ".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def test_no_query_in_python_joins_or_groups() -> None:
    """What is more than ``select … from view where …`` is a model, or a query file."""
    query = re.compile(r"\bselect\b.*\b(join \w|group by|union all)\b", re.DOTALL)
    source = ROOT / "src" / "arsverk"
    found = {
        path.name: text
        for path in sorted(source.rglob("*.py"))
        for text in texts_of(path)
        if query.search(text)
    }
    # What keys a file has, DuckDB's own catalog says.
    assert set(found) == {"release_checks.py"}


def test_no_file_or_class_of_python_is_too_long_to_be_read() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and node.end_lineno:
                assert node.end_lineno - node.lineno < 300, node.name


def test_every_mart_has_its_owner_its_unit_and_the_day_it_was_reviewed() -> None:
    marts = [
        path.with_suffix(".yml")
        for name, path in MODELS.items()
        if re.match(r"(dim|fct|bridge)_|indicator_wide$", name)
    ]
    assert len(marts) > 30
    for path in marts:
        (model,) = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["models"]
        meta = model["config"]["meta"]
        assert meta["owner"] and meta["unit"], path.name
        assert isinstance(meta["reviewed"], date), path.name
