"""The tree shows the road of a figure."""

import ast
import re
from collections import Counter
from pathlib import Path

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
