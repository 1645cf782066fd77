"""arsverk sql: every row and column of a query, as it is written, and nothing else."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from arsverk.__main__ import main
from conftest import ROOT, Build

# A value of each kind that is easily spoiled.
ODD = """select
    cast(2.10 as decimal(18, 2)) as rate,
    cast(0 as decimal(18, 8)) as zero,
    cast(null as varchar) as nothing,
    '' as empty,
    date '2025-03-01' as day,
    timestamp '2025-03-01 10:15:00' as moment,
    true as yes,
    cast(12345678901234567890123456789012345678 as decimal(38, 0)) as large,
    0.1::double as fraction,
    'Bærum, «Ås» "Øy"' as name,
    '=1+1' as formula,
    e'two\\nlines\\x1b[2J' as text,
    [cast(1.50 as decimal(4, 2)), null] as list"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "a 'file' [1].duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t as select range as n from range(5000)")
    return path


class Said:
    """What the command printed, and its exit code."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.code = main(["sql", *arguments])
        self.out, self.err = capsys.readouterr()

    def rows(self) -> list[list[str]]:
        """Return the cells of a table, without its rule."""
        lines = [line for line in self.out.splitlines() if line.startswith("|")]
        return [
            [cell.strip() for cell in line.strip("|").split(" | ")]
            for line in lines
            if not re.fullmatch(r"[| -]+", line)
        ]


def test_a_table_has_every_row_and_column(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ", ".join(f"n as a_rather_long_name_{i}" for i in range(40))
    said = Said(capsys, f"select {columns} from t order by n", "--file", str(file))
    assert said.code == 0
    rows = said.rows()
    assert len(rows) == 5001 and {len(row) for row in rows} == {40}
    assert rows[5000] == ["4999"] * 40
    assert said.out.endswith("\n(5000 rader)\n")
    assert len({len(line) for line in said.out.splitlines()[:-1]}) == 1


def test_values_are_written_as_they_are_in_a_table(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, ODD, "--file", str(file), "--language", "en")
    assert said.rows()[1] == [
        *("2.10", "0.00000000", "NULL", "", "2025-03-01", "2025-03-01 10:15:00"),
        *("true", "12345678901234567890123456789012345678", "0.1"),
        *('Bærum, «Ås» "Øy"', "=1+1", "two↵lines\ufffd[2J", "[1.50, null]"),
    ]
    assert said.out.endswith("(1 row)\n")


def test_values_are_written_as_they_are_in_csv(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, ODD, "--csv", "--file", str(file))
    assert said.code == 0
    heading, row = csv.reader(io.StringIO(said.out, newline=""), strict=True)
    values = dict(zip(heading, row, strict=True))
    assert values["rate"] == "2.10" and values["zero"] == "0.00000000"
    assert values["name"] == 'Bærum, «Ås» "Øy"'
    assert values["text"] == "two\nlines\x1b[2J"
    # NULL and an empty text are told apart, and DuckDB reads them back so.
    assert said.out.splitlines()[1].startswith('2.10,0.00000000,,"",2025-03-01,')
    # Nothing is changed without a word: the formula stands, and is told of.
    assert values["formula"] == "=1+1"
    assert "1 tekster begynner som en formel" in said.err


def test_values_are_written_as_they_are_in_json(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, ODD, "--json", "--file", str(file))
    (row,) = json.loads(said.out, parse_float=Decimal)
    assert str(row["rate"]) == "2.10" and '"zero": 0.00000000' in said.out
    assert row["large"] == 12345678901234567890123456789012345678
    assert row["nothing"] is None and row["empty"] == "" and row["yes"] is True
    assert row["name"] == 'Bærum, «Ås» "Øy"' and "Bærum" in said.out
    assert row["day"] == "2025-03-01" and row["list"] == [Decimal("1.50"), None]
    assert (
        json.loads(
            Said(capsys, "select 1 as n where false", "--json", "--file", str(file)).out
        )
        == [{}][1:]
    )
    twice = Said(capsys, "select 1 as a, 2 as a", "--json", "--file", str(file))
    assert twice.code == 1 and "To kolonner heter a." in twice.err


@pytest.mark.parametrize(
    "query",
    [
        "drop table t",
        "insert into t values (1)",
        "create table u as select 1",
        "copy t to 'stolen.csv'",
        "export database 'stolen'",
        "attach 'other.duckdb'",
        "install excel",
        "set threads = 1",
        "select 1; select 2",
        "explain analyze copy t to 'stolen.csv'",
    ],
)
def test_nothing_can_be_changed_or_written(
    file: Path,
    query: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    before = file.read_bytes()
    said = Said(capsys, query, "--file", str(file))
    assert said.code == 1 and said.out == ""
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_the_query_may_stand_in_a_file_or_come_in(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "spørring.sql"
    path.write_text("-- first\nselect count(*) as n from t;\n", encoding="utf-8")
    for given in ([str(path)], ["-"], []):
        monkeypatch.setattr("sys.stdin", io.StringIO(path.read_text()))
        said = Said(capsys, *given, "--file", str(file))
        assert said.rows() == [["n"], ["5000"]], given
    monkeypatch.setattr("sys.stdin", io.StringIO("  \n"))
    said = Said(capsys, "-", "--file", str(file))
    assert said.code == 2 and said.err.startswith("Skriv en spørring")
    said = Said(capsys, "none.sql", "--file", str(file))
    assert said.code == 2 and "none.sql kan ikke leses" in said.err


def test_a_release_is_asked_by_its_name_or_the_published_one(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ARSVERK_RELEASES", str(tmp_path))
    said = Said(capsys, "from t", "--release")
    assert said.code == 2 and "Utgivelser: ingen ennå." in said.err
    release = tmp_path / "releases" / "2026.1"
    release.mkdir(parents=True)
    (release / "arsverk.duckdb").write_bytes(file.read_bytes())
    (release / "SHA256SUMS").touch()
    (tmp_path / "published").symlink_to(release)
    query = "select max(n) as n from t"
    for given in ([query, "--release"], ["--release", query], ["--release=", query]):
        assert Said(capsys, *given).rows() == [["n"], ["4999"]], given
    assert Said(capsys, query, "--release", "2026.1").code == 0
    said = Said(capsys, query, "--release", "2026.2", "--language", "en")
    assert said.code == 2
    assert "The release is not there" in said.err
    assert said.err.endswith("Releases: 2026.1.\n")


def test_what_is_wrong_is_one_message_and_its_own_exit_code(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none = Said(capsys, "select 1", "--file", str(tmp_path / "none.duckdb"))
    assert none.code == 2
    assert none.err.endswith(
        "none.duckdb finnes ikke. Kjør `make build` eller `dbt build` først.\n"
    )
    (tmp_path / "text.duckdb").write_text("this is no database" * 100)
    text = Said(capsys, "select 1", "--file", str(tmp_path / "text.duckdb"))
    assert text.code == 2 and text.err.count("\n") == 1
    wrong = Said(capsys, "select nn from t", "--file", str(file))
    assert wrong.code == 1
    assert wrong.err.startswith("Binder Error: ") and "LINE 1" in wrong.err
    for said in (none, text, wrong):
        assert said.out == "" and "Traceback" not in said.err


def test_a_file_that_is_held_is_told_of(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{code}; sys.stdin.read()", file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        holder.stdout.readline()
        said = Said(capsys, "from t", "--file", str(file))
        holder.stdin.close()
    assert said.code == 2 and said.err.count("\n") == 1
    assert f"(prosess {holder.pid})" in said.err and "--release" in said.err


def test_whoever_has_seen_enough_is_in_peace_and_a_query_takes_no_second(
    file: Path,
) -> None:
    command = f"{sys.executable} -m arsverk sql 'from t, range(20)' | head -n 1"
    began = time.process_time(), os.times().children_user
    process = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "ARSVERK_DUCKDB": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0 and process.stderr == ""
    quick = subprocess.run(
        [sys.executable, "-m", "arsverk", "sql", "select 1"],
        env={**os.environ, "ARSVERK_DUCKDB": str(file)},
        capture_output=True,
        check=False,
    )
    assert quick.returncode == 0
    # Both together, of processor time, so that others on the machine do not count.
    assert os.times().children_user - began[1] < 2


# --- The queries of the README --------------------------------------------------------


def shown_queries() -> list[tuple[str, str, list[list[str]]]]:
    """Return each query of the READMEs with the table that follows it, if any."""
    found = []
    for page in ("README.md", "README.nb.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        typed = r'```sh\narsverk sql "(?P<typed>[^"]*)"[^\n]*\n```'
        table = r"(?:\n\n(?P<table>(?:\|.*\n)+))?"
        shown = r"```sql\n(?P<sql>[^`]*)```"
        for match in re.finditer(f"(?:{typed}|{shown}){table}", text):
            lines = (match["table"] or "").splitlines()
            cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
            found.append((page, match["typed"] or match["sql"], cells))
    return found


def test_the_readme_begins_with_a_query() -> None:
    assert {page for page, *_ in shown_queries()} == {"README.md", "README.nb.md"}
    assert sum(bool(table) for *_, table in shown_queries()) >= 4


@pytest.mark.parametrize(("page", "query", "table"), shown_queries())
def test_a_query_of_the_readme_gives_the_table_beneath_it(
    build: Build,
    tmp_path: Path,
    page: str,
    query: str,
    table: list[list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    # By another path: the tests hold the file open in another way.
    (tmp_path / "arsverk.duckdb").hardlink_to(build.duckdb)
    said = Said(capsys, query, "--file", str(tmp_path / "arsverk.duckdb"))
    assert said.code == 0, said.err
    assert len(said.rows()) > 1
    if table:
        assert said.rows() == [table[0], *table[2:]]
