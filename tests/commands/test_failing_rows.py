"""A data test that stops says which rows, of what, and what to do."""

import re
import shutil

import duckdb
import pytest

from conftest import ROOT, Build, run_dbt

# What is broken in a finished build, and the tests that find it, one of each kind.
BROKEN = """
delete from reference.population where year = 2025 and municipality_code != '0301';
insert into reference.published_exceptions by name
    select 'no\x1b[31m need\nany more' as exception_code;
insert into reference.services by name
    select 'current' as form_edition, 'adults' as target_group, 'x' as service_code,
        unnest([' DETTE', 'dette ', 'dette']) as label;
update marts.fct_comparison set first_quartile = median + 1 where year = 2024;
update reference.counties set health_region_code = '99' where county_code = '46';
drop table marts.fct_key_figure cascade;
create table marts.fct_key_figure as select 1 as year;
"""
FOUND_BY = (
    "every_reporting_unit_has_a_population",
    "every_listed_exception_is_still_needed",
    "no_two_service_labels_are_the_same_after_normalising",
    "quartiles_are_in_order",
    "relationships_counties_health_region_code__health_region_code__ref_health_regions_",
    # This one cannot run at all, and this one finds nothing.
    "key_figures_add_up",
    "services_has_one_row_per_key",
)


@pytest.fixture(scope="module")
def said(build: Build, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what dbt says when tests fail on a broken copy of the build."""
    target = tmp_path_factory.mktemp("broken")
    file = shutil.copy(build.duckdb, target)
    with duckdb.connect(str(file)) as connection:
        connection.execute(BROKEN)
    process = run_dbt("test", "--select", *FOUND_BY, target=target)
    assert process.returncode == 1, process.stdout
    return re.sub(r"(?m)^\d\d:\d\d:\d\d  ?", "", process.stdout)


def block(said: str, test: str) -> list[str]:
    """Return the lines about a test: its number of rows, the rows, what to do."""
    (text,) = re.findall(rf"(?ms)^{test}: .*?^What to do: [^\n]*$", said)
    return text.splitlines()


def test_the_first_ten_rows_are_printed_with_their_number(said: str) -> None:
    title, headings, *rows, what = block(said, FOUND_BY[0])
    # 371 units of 2025 with inhabitants of their own, of which Oslo's 15 districts
    # still have them; Oslo itself never has.
    assert title.endswith(": 356 rows, the first 10")
    assert headings.split()[:3] == [
        "year",
        "reporting_unit_code",
        "reporting_unit_name",
    ]
    assert len(rows) == 10
    assert rows[0].split()[:3] == ["2025", "1101", "Eigersund"]
    assert "population.csv" in what and "form_editions" in what


def test_few_rows_are_printed_whole_with_what_the_test_says(said: str) -> None:
    title, *claim, headings, row, what = block(said, FOUND_BY[2])
    assert title.endswith(": 1 row")
    assert claim == [
        "  R7: two labels that differ only in case or spaces would double the rows."
    ]
    assert headings.split() == [
        *("form_edition", "target_group", "normalised_label", "n_labels"),
    ]
    assert row.split() == ["current", "adults", "dette", "3"]
    assert "seeds/reference/services.csv" in what


def test_what_stands_in_a_row_cannot_move_the_cursor(said: str) -> None:
    _, *_, row, what = block(said, FOUND_BY[1])
    assert row.strip() == "no\ufffd[31m need\ufffdany more"
    assert "published_exceptions.csv" in what


def test_an_expression_is_told_and_where_to_look(said: str) -> None:
    title, claim, headings, *rows, what = block(said, FOUND_BY[3])
    assert "rows, the first 10" in title
    assert claim.startswith("  It must hold that ") and "first_quartile" in claim
    assert headings.split()[0] and len(rows) == 10
    assert "models/marts/comparison/fct_comparison.sql" in what
    assert "`dbt ls --select +fct_comparison`" in what


def test_a_key_that_leads_nowhere_is_shown_with_its_row(said: str) -> None:
    title, headings, row, what = block(said, FOUND_BY[4])
    assert title.endswith(": 1 row")
    assert headings.split()[0] == "lost_key" and "county_code" in headings
    assert row.split()[0] == "99" and "Vestland" in row
    assert "mend these rows in seeds/reference/counties.csv" in what


def test_what_did_not_fail_or_could_not_run_has_no_rows(said: str) -> None:
    assert said.count("What to do: ") == len(FOUND_BY) - 2
    assert "Binder Error" in said and "PASS=" in said
    assert "[WARNING]" not in said and "Traceback" not in said


def test_a_test_of_seeds_alone_says_what_to_do_and_in_which_of_them() -> None:
    """Others name the model: its SQL is at fault, or what it is made of."""
    seeds = {path.stem for path in (ROOT / "seeds").rglob("*.csv")}
    told = 0
    for path in (ROOT / "tests" / "rules").glob("*.sql"):
        sql = path.read_text(encoding="utf-8")
        read = set(re.findall(r"ref\('(\w+)'\)", sql))
        if read and read <= seeds:
            assert '"what_to_do"' in sql, path.name
        if '"what_to_do"' in sql:
            words = sql.split("}) }}")[0]
            assert re.search(r"\.csv|the var |seeds/|municipalities", words), path.name
            told += 1
    assert told > 10
