"""Write docs/traceability.md: each rule, where it is stated, carried out and held.

Made from docs/methods.md, where a rule stands in brackets, from the marks in SQL
(``-- R18: in a few words``, ``{# R18: … #}`` in macros), and from the names of tests
(``r18_…``, ``test_r18_…``) and the marks beside them. Run it after a change:

    python tools/traceability.py
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "traceability.md"
METHODS = ROOT / "docs" / "methods.md"

# A mark names rules, and says in words what the line below it does.
MARK = re.compile(r"^\s*(?:--|\{#|#) (R\d+(?:, R\d+)*)(?:$|: )")
END = re.compile(r"(?: #\}|\.(?: |$))")
UNIT_TEST = re.compile(r"^  - name: ((?:r\d\d_)+\w+)$")
PYTHON_TEST = re.compile(r"^def (test_\w+)\(")
RULE_IN_NAME = re.compile(r"(?:^|_)r(\d\d)(?=_)")

HEAD = """\
# Rule, line, test

Made by `python tools/traceability.py`; a test fails when it is stale. A rule stands in
[methods.md](methods.md), is carried out at the lines that have its mark, and is held by
the tests that have its name or its mark.

"""


@dataclass(frozen=True)
class Place:
    """A line of a file, and what stands there."""

    path: Path
    line: int
    words: str

    def link(self, text: str) -> str:
        """Return a link to the line, as it stands in docs."""
        path = self.path.relative_to(ROOT).as_posix()
        return f"[{text}](../{path}#L{self.line})"


def number(rule: str) -> int:
    """Return the number of a rule: 18 of R18."""
    return int(rule[1:])


def marks(path: Path) -> Iterator[tuple[str, Place]]:
    """Yield each rule that a file has a mark of, with its place."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if found := MARK.match(line):
            words = line[found.end() :]
            for more in lines[at + 1 :]:
                if END.search(words) or not more.strip().startswith("-- "):
                    break
                words += more.strip()[2:]
            for rule in found[1].split(", "):
                yield rule, Place(path, at + 1, END.split(words)[0])


def carried_out() -> Iterator[tuple[str, Place]]:
    """Yield the places in models and macros that carry out a rule."""
    for folder in ("models", "macros"):
        for path in sorted((ROOT / folder).rglob("*.sql")):
            yield from marks(path)


def named(path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[str, Place]]:
    """Yield the tests of a file that have a rule in their name."""
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if found := pattern.match(line):
            for digits in RULE_IN_NAME.findall(found[1]):
                yield f"R{int(digits)}", Place(path, at + 1, found[1])


def marked(path: Path) -> Iterator[tuple[str, Place]]:
    """Yield the tests of a Python file that have a mark before them."""
    rules: list[str] = []
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if found := MARK.match(line):
            rules += found[1].split(", ")
        elif found := PYTHON_TEST.match(line):
            for rule in rules:
                yield rule, Place(path, at + 1, found[1])
            rules = []


def held() -> Iterator[tuple[str, Place]]:
    """Yield the tests of every rule: dbt's of both kinds, and pytest's."""
    for path in sorted((ROOT / "models").rglob("*.yml")):
        yield from named(path, UNIT_TEST)
    for path in sorted((ROOT / "tests").rglob("*.sql")):
        for rule, place in marks(path):
            yield rule, Place(path, place.line, path.stem)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        yield from named(path, PYTHON_TEST)
        yield from marked(path)


def stated() -> dict[str, list[str]]:
    """Return the headings of methods.md under which each rule stands."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in METHODS.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.lstrip("# ")
        # The page begins with how it names rules.
        for rule in [] if not heading else re.findall(r"\bR\d+\b", line):
            if heading not in found.setdefault(rule, []):
                found[rule].append(heading)
    return found


def by_rule(places: Iterator[tuple[str, Place]]) -> dict[str, list[Place]]:
    """Return the places of each rule, each once."""
    found: dict[str, list[Place]] = {}
    for rule, place in places:
        if place not in found.setdefault(rule, []):
            found[rule].append(place)
    return found


def anchor(heading: str) -> str:
    """Return the anchor that a heading has on its page."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def checks() -> list[str]:
    """Return the codes of the checks, hard ones first, as their seed has them."""
    path = ROOT / "seeds" / "reference" / "rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row["rule_code"] for row in csv.DictReader(file)]


def lines_with(code: str) -> Iterator[Place]:
    """Yield the first line of each model and macro that names a check."""
    found_in = [ROOT / "models" / "intermediate", ROOT / "macros"]
    for path in sorted(path for folder in found_in for path in folder.rglob("*.sql")):
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if re.search(rf"['\"]{code}['\"]", line):
                yield Place(path, at + 1, path.stem)
                break


def short(places: list[Place]) -> str:
    """Return links to places: the name of each file, and further lines of it."""
    texts = []
    for place in places:
        is_first = place.path not in [p.path for p in places[: places.index(place)]]
        text = f"`{place.path.stem}`" if is_first else str(place.line)
        texts.append(place.link(text))
    return " ".join(texts)


def page() -> str:
    """Return the page as it should be."""
    headings, lines, tests = stated(), by_rule(carried_out()), by_rule(held())
    rules = sorted({*headings, *lines, *tests}, key=number)
    out = [HEAD, "| Rule | Stated under | Carried out | Tests |\n"]
    out.append("| --- | --- | --- | --- |\n")
    for rule in rules:
        first = headings.get(rule, [""])[0]
        out.append(
            f"| [{rule}](#{rule.lower()}) | [{first}](methods.md#{anchor(first)})"
            f" | {short(lines.get(rule, []))} | {len(tests.get(rule, []))} |\n"
        )
    for rule in rules:
        out.append(f"\n## {rule}\n\n")
        for place in lines.get(rule, []):
            out.append(f"- {place.words}: {place.link(f'`{place.path.stem}`')}\n")
        out += [f"- test {p.link(f'`{p.words}`')}\n" for p in tests.get(rule, [])]
    out.append("\n## Checks\n\nWhere each check of R21, R23 and R28 is made.\n\n")
    for code in checks():
        places = ", ".join(p.link(f"`{p.path.stem}`") for p in lines_with(code))
        out.append(f"- `{code}`: {places}\n")
    return "".join(out)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
