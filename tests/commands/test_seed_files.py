"""Whatever bytes arrive: a spoiled seed file stops the build, by file and line.

One run tells all that is wrong, so many files are spoiled for it, each in its
own way.
"""

import csv
import hashlib
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from compiled_project import form_editions
from conftest import ROOT, Build, copy_project, run_dbt

Change = Callable[[bytes], bytes]


class Case(NamedTuple):
    """What is done to a file, and what is said about it."""

    file: str
    change: Change
    line: int | None = 1  # None: the last one.
    words: str = ""


def on_line(number: int, change: Change) -> Change:
    """Change one line, counted from 1, without its line end."""

    def changed(content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[number - 1] = change(lines[number - 1])
        return b"\n".join(lines)

    return changed


def on_rows(change: Callable[[list[str], bool], list[str]]) -> Change:
    """Change every row; the second argument tells whether it is the header."""

    def changed(content: bytes) -> bytes:
        rows = csv.reader(io.StringIO(content.decode(), newline=""))
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(change(row, i == 0) for i, row in enumerate(rows))
        return file.getvalue().encode()

    return changed


def with_column(name: str, value: str = "") -> Change:
    return on_rows(lambda row, is_header: [*row, name if is_header else value])


def swapped(old: bytes, new: bytes, count: int = -1) -> Change:
    return lambda content: content.replace(old, new, count)


SPOILED = {
    "a byte order mark": Case(
        "reference/counties",
        lambda content: b"\xef\xbb\xbf" + content,
        words="begins with a byte order mark (BOM). Save it as UTF-8 without",
    ),
    "semicolons": Case(
        "submissions/submissions_2015",
        swapped(b",", b";"),
        words='semicolons instead of commas, in "innsending_id;enhet;',
    ),
    "tabs": Case(
        "reference/kostra_groups",
        swapped(b",", b"\t"),
        words='tabs instead of commas, in "municipality_code\ufffdkostra_',
    ),
    "a missing column": Case(
        "submissions/submissions_2016",
        on_rows(lambda row, _: row[:-2] + row[-1:]),
        words='column missing: "aarsverk_annen". Add it',
    ),
    "an extra column": Case(
        "submissions/submissions_2017",
        with_column("alder"),
        words='column not known: "alder". Correct its name',
    ),
    "a column of another form edition": Case(
        "submissions/submissions_2024",
        with_column("aarsverk_annen"),
        words='column not known: "aarsverk_annen".',
    ),
    "a column without a name": Case(
        "submissions/submissions_2018",
        with_column(""),
        words='column not known: "".',
    ),
    "a column twice in the header": Case(
        "submissions/submissions_2020",
        with_column("enhet", "0301"),
        words='column twice: "enhet".',
    ),
    "the header again": Case(
        "submissions/submissions_2021",
        lambda content: on_line(40, lambda _: content.split(b"\n")[0])(content),
        40,
        "the header stands here again. Take this line out.",
    ),
    "a truncated last line": Case(
        "submissions/submissions_2019",
        lambda content: content.rsplit(b",", 3)[0],
        None,
        "The file may be cut off.",
    ),
    "a last line without an end": Case(
        "reference/population",
        lambda content: content[:-1],
        None,
        "the last line has no line end, so the file may be cut off.",
    ),
    "an empty file": Case(
        "reference/breaks", lambda _: b"", words="the file is empty."
    ),
    "blank lines only": Case(
        "reference/centrality", lambda _: b"\n \r\n\n", words="the file is empty."
    ),
    "a blank first line": Case(
        "reference/series",
        lambda content: b"\n" + content,
        words="the first line is blank.",
    ),
    "too many fields": Case(
        "reference/services",
        on_line(17, lambda line: line + b",x,y"),
        17,
        '7 fields, the header has 5, in "current,',
    ),
    "too few fields": Case(
        "reference/target_groups",
        on_line(2, lambda line: line.rsplit(b",", 1)[0]),
        2,
        '4 fields, the header has 5, in "adults,',
    ),
    "a quote that is never closed": Case(
        "submissions/submissions_2022",
        on_line(30, swapped(b",", b',"', 1)),
        30,
        'does not begin or end a value, in ""',
    ),
    "a quote inside a value": Case(
        "submissions/submissions_2023",
        on_line(50, swapped(b"demo", b'de"m"o')),
        50,
        'does not begin or end a value, in "de"m"o-2023-',
    ),
    "a NUL byte": Case(
        "reference/districts",
        on_line(5, swapped(b",", b",\0", 1)),
        5,
        "a NUL byte, so the file is damaged or not UTF-8.",
    ),
    "two kinds of line ends": Case(
        "reference/municipality_changes",
        on_line(7, lambda line: line + b"\r"),
        7,
        "a line end that is not like that of the header.",
    ),
}
# Found before dbt reads the project, which stops where a file is not UTF-8.
NOT_UTF8 = {
    "Latin-1": Case(
        "submissions/submissions_2025",
        on_line(9, lambda line: line + "Færre på vakt".encode("iso-8859-1")),
        9,
        'byte 0xE6 is not UTF-8 (in Latin-1 it is "æ"). Save the file as UTF-8.',
    ),
    "UTF-16": Case(
        "reference/measures",
        lambda content: content.decode().encode("utf-16"),
        words="the file is UTF-16. Save it as UTF-8.",
    ),
}
OF_DBT_SEED = {
    "a line break in quotes before": Case(
        "reference/counties",
        lambda content: on_line(5, lambda line: line + b",x")(
            on_line(3, lambda line: b'"\n' + line.replace(b",", b'",', 1))(content)
        ),
        5,
        "7 fields, the header has 6",
    ),
    "a blank line": Case(
        "reference/health_regions",
        on_line(3, lambda line: b"\n" + line),
        3,
        "a blank line. Take it out.",
    ),
    "lines that end with CR": Case(
        "reference/municipalities",
        swapped(b"\n", b"\r"),
        words="lines end with CR alone.",
    ),
    "answers without their question": Case(
        "submissions/answers_2024",
        on_rows(lambda row, _: row[:3] + row[4:]),
        words='column missing: "sporsmal". Add it to the header',
    ),
    "answers of a year without": Case(
        "submissions/answers_2025",
        on_rows(lambda row, is_header: row if is_header else [*row[:-1], "x"]),
        words="the year is not among those with answers. Add it to the var",
    ),
    "a year in no form edition": Case(
        "submissions/submissions_2016",
        on_rows(lambda row, is_header: row if is_header else [*row[:-1], "x"]),
        words="no form edition has this year. Add it to `years`",
    ),
    "control characters in a long value": Case(
        "reference/target_groups",
        on_line(2, lambda _: b"\x1b[31m{{ x }}" + b"y" * 99),
        2,
        '1 field, the header has 5, in "\ufffd[31m{{ x }}' + "y" * 28 + '…"',
    ),
    # The line break after it stands where no quotes seem to be.
    "a quote before a line break in quotes": Case(
        "reference/size_groups",
        lambda content: on_line(2, swapped(b"under", b'un"der'))(
            on_line(3, swapped(b" inhabitants", b"\ninhabitants"))(content)
        ),
        2,
        'does not begin or end a value, in "un"der_2000,',
    ),
    "more than are named": Case(
        "reference/kostra_groups",
        on_rows(lambda row, is_header: row if is_header else [*row, "x"]),
        2,
    ),
}
GOOD = {
    "CR LF": Case("submissions/submissions_2015", swapped(b"\n", b"\r\n")),
    "line breaks, commas and quotes in quotes": Case(
        "submissions/submissions_2016",
        on_rows(lambda row, h: row if h else [*row[:-1], f'{row[0]},\r\n"\n']),
    ),
    "columns in another order": Case(
        "submissions/submissions_2017", on_rows(lambda row, _: row[::-1])
    ),
    "blank last lines": Case(
        "submissions/submissions_2018", lambda content: content + b"\n\n"
    ),
    "a header alone": Case(
        "submissions/submissions_2019",
        lambda content: content.split(b"\n")[0] + b"\n",
    ),
    "a remark without a line end": Case(
        "submissions/submissions_2020", lambda content: content[:-1]
    ),
    "quotes around every value": Case(
        "reference/kostra_groups",
        lambda content: (
            b'"' + content[:-1].replace(b",", b'","').replace(b"\n", b'"\n"') + b'"\n'
        ),
    ),
}


class Run(NamedTuple):
    """A run of dbt on changed files, where a good build stood before."""

    process: subprocess.CompletedProcess[str]
    target: Path
    unchanged: bool

    def lines(self) -> list[str]:
        """Return the lines of the message that name a file."""
        lines = [line.strip() for line in self.process.stdout.splitlines()]
        return [line for line in lines if line.startswith("seeds/")]


class Project:
    """A copy of the project whose seed files can be changed."""

    def __init__(self, root: Path, build: Build) -> None:
        self.root = copy_project(root)
        self.build = build

    def run(self, cases: dict[str, Case], *arguments: str) -> Run:
        """Change the files of these cases, and no others, and run dbt."""
        seeds = self.root / "seeds"
        shutil.rmtree(seeds, ignore_errors=True)
        shutil.copytree(ROOT / "seeds", seeds)
        for case in cases.values():
            path = seeds / f"{case.file}.csv"
            content = path.read_bytes()
            path.write_bytes(case.change(content))
            assert case.change(content) != content
        target = self.root / "target"
        target.mkdir(exist_ok=True)
        shutil.copy(self.build.duckdb, target / "arsverk.duckdb")
        process = run_dbt(*arguments, target=target, project=self.root, is_parsed=True)
        good, now = (
            hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (self.build.duckdb, target / "arsverk.duckdb")
        )
        return Run(process, target, now == good)


@pytest.fixture(scope="module")
def project(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("seed_files") / "project", build)


@pytest.fixture(scope="module")
def spoiled(project: Project) -> Run:
    return project.run(SPOILED, "build")


@pytest.fixture(scope="module")
def not_utf8(project: Project) -> Run:
    return project.run(NOT_UTF8, "build")


@pytest.fixture(scope="module")
def of_dbt_seed(project: Project) -> Run:
    names = [case.file.split("/")[1] for case in OF_DBT_SEED.values()]
    editions = form_editions()
    editions["legacy"]["years"].remove(2016)
    settings = {"form_editions": editions, "answer_years": [2023, 2024]}
    return project.run(
        OF_DBT_SEED, "seed", "--select", *names, "--vars", json.dumps(settings)
    )


@pytest.fixture(scope="module")
def read_well(project: Project) -> dict[str, tuple[list, list]]:
    """Return what is in the files, and what dbt read, per case."""
    names = [case.file.split("/")[1] for case in GOOD.values()]
    run = project.run(GOOD, "seed", "--select", *names)
    assert run.process.returncode == 0, run.process.stdout[-8000:]
    found = {}
    for name, case in GOOD.items():
        path = project.root / "seeds" / f"{case.file}.csv"
        content = path.read_bytes().decode()
        header, *rows = csv.reader(io.StringIO(content, newline=""))
        columns = ", ".join(f"cast({column} as varchar)" for column in header)
        table = case.file.replace("submissions/", "raw/").replace("/", ".")
        found[name] = (
            [tuple(value or None for value in row) for row in rows if row],
            Build(run.target).query(f"select {columns} from {table}"),
        )
    return found


def assert_told_once(run: Run, case: Case) -> None:
    """Exactly one line tells of the file, with the line and what is wrong."""
    line = case.line
    if line is None:
        line = (ROOT / "seeds" / f"{case.file}.csv").read_bytes().count(b"\n")
    (told,) = (x for x in run.lines() if x.startswith(f"seeds/{case.file}.csv"))
    assert told.startswith(f"seeds/{case.file}.csv, line {line}: ")
    assert case.words in told


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_told_with_its_line(spoiled: Run, name: str) -> None:
    assert_told_once(spoiled, SPOILED[name])


@pytest.mark.parametrize("name", NOT_UTF8)
def test_a_file_that_is_not_utf8_is_told_with_its_line(
    not_utf8: Run, name: str
) -> None:
    assert_told_once(not_utf8, NOT_UTF8[name])


@pytest.mark.parametrize("name", [x for x in OF_DBT_SEED if x != "more than are named"])
def test_dbt_seed_tells_the_same(of_dbt_seed: Run, name: str) -> None:
    assert_told_once(of_dbt_seed, OF_DBT_SEED[name])


def test_twenty_problems_are_told_and_the_others_counted(of_dbt_seed: Run) -> None:
    assert len(of_dbt_seed.lines()) == 20
    path = ROOT / "seeds" / "reference" / "kostra_groups.csv"
    rows = path.read_bytes().count(b"\n") - 1
    found = rows + len(OF_DBT_SEED) - 1
    assert f"\n  and {found - 20} more\n" in of_dbt_seed.process.stdout


@pytest.mark.parametrize("name", ["spoiled", "not_utf8", "of_dbt_seed"])
def test_nothing_is_built(request: pytest.FixtureRequest, name: str) -> None:
    run: Run = request.getfixturevalue(name)
    output = run.process.stdout + run.process.stderr
    assert run.process.returncode != 0
    assert output.count("Nothing was built") == 1
    assert "Traceback" not in output
    assert "seed file" not in output.replace("these seed files", "")
    assert run.unchanged


@pytest.mark.parametrize("name", GOOD)
def test_an_unusual_file_is_read(
    read_well: dict[str, tuple[list, list]], name: str
) -> None:
    in_file, in_table = read_well[name]
    assert in_table == in_file
    assert bool(in_file) == (name != "a header alone")


def test_files_that_are_not_loaded_are_not_looked_at(project: Project) -> None:
    run = project.run(SPOILED, "run", "--select", "dim_series")
    assert run.process.returncode == 0, run.process.stdout[-8000:]
