"""What a second release says of the first, and what is said before one publishes."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from conftest import CHANGES, ROOT, Build, Releases, copy_project, make
from publishing import named
from running import OF_MAKE, change, copy_parsed, run_here


def diff(*arguments: object, root: Path, **environment: str) -> str:
    """Run the comparison as `make diff` does, and return what it prints."""
    told = run_here(
        *("arsverk.revisions", *arguments),
        cwd=root,
        **{"ARSVERK_RELEASES": str(root), **environment},
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


# R26
def test_the_second_release_says_what_it_revised_and_why(releases: Releases) -> None:
    found = {
        tuple(key): values
        for *key, values in (
            (*row[:5], row[5:])
            for row in releases.query(
                """select year, region_key, target_group, measure_code, figure_code,
                    old_value, new_value, reason, release_before, release_after
                from marts.fct_revision
                where kind = 'changed' and category_code is null"""
            )
        )
    }
    assert {values[-2:] for values in found.values()} == {("2026.1", "2026.2")}

    def revised(*key: object) -> tuple:
        old, new, reason, *_ = found[key]
        return (new - old, reason)

    # Ten person-years more in Stavanger, four less in Drammen.
    stavanger = (2025, "municipality:1103")
    assert revised(*stavanger, "all", "total", "fte") == (10, "resubmission")
    assert revised(*stavanger, "adults", "total", "fte") == (10, "resubmission")
    drammen = (2025, "municipality:3301")
    assert revised(*drammen, "all", "total", "fte") == (-4, "review")
    assert revised(*drammen, "all", "health_higher_education", "fte") == (-4, "review")
    # 380.7 + 108.9 instead of 370.7 + 108.9, by 150,123 inhabitants.
    assert found[*stavanger, "all", "total", "per_1000"][:2] == (
        Decimal("3.19"),
        Decimal("3.26"),
    )
    assert (*stavanger, "all", "other_higher_education", "fte") not in found
    assert (*stavanger, "children_youth", "total", "fte") not in found
    # A thousand inhabitants moved from Sandnes to Sola, no person-years.
    for code in ("1108", "1124"):
        key = (2025, f"municipality:{code}", "all", "total")
        assert found[*key, "per_1000"][2] == "correspondence"
        assert (*key, "fte") not in found
    # Both reach the country; its health education only the one that touches it.
    country = (2025, "country:0", "all")
    assert revised(*country, "total", "fte") == (6, "review, resubmission")
    assert revised(*country, "health_higher_education", "fte") == (-4, "review")
    # The cells themselves.
    assert releases.query(
        """select region_code, category_code, new_value - old_value, reason
        from marts.fct_revision
        where kind = 'changed' and category_code is not null
            and region_level in ('country', 'municipality') order by all"""
    ) == [
        ("0", "housing_with_staff/a", 10, "resubmission"),
        ("0", "housing_with_staff/b", -4, "review"),
        ("1103", "housing_with_staff/a", 10, "resubmission"),
        ("3301", "housing_with_staff/b", -4, "review"),
    ]
    assert {year for year, *_ in found} == {2025}


def test_what_appears_in_a_year_that_was_published_is_listed(
    releases: Releases,
) -> None:
    """Districts are shown from 2016 now, a choice and no submission: the method."""
    assert releases.query(
        """select year, region_level, kind, reason, count(distinct region_code),
            count(*) filter (old_value is null and new_value is not null) = count(*)
        from marts.fct_revision where kind != 'changed' group by all"""
    ) == [(2016, "district", "added", "method", 15, True)]


def test_every_published_value_that_differs_is_listed_and_no_other(
    releases: Releases,
) -> None:
    """The two releases' own rates and person-years, cell by cell."""
    with duckdb.connect() as connection:
        for name, folder in (("a", releases.first), ("b", releases.second)):
            path = folder / "arsverk.duckdb"
            connection.execute(f"attach '{path}' as {name} (read_only)")
        for figure in ("per_1000", "fte"):
            differing = connection.execute(
                f"""select series_code, year, region_key, measure_code
                from a.marts.fct_indicator as one
                full join b.marts.fct_indicator as other
                    using (series_code, year, region_key, measure_code)
                where one.{figure} is distinct from other.{figure} order by all"""
            ).fetchall()
            listed = connection.execute(
                f"""select series_code, year, region_key, measure_code
                from b.marts.fct_revision
                where figure_code = '{figure}' and target_group = 'all'
                    and category_code is null order by all"""
            ).fetchall()
            assert listed == differing
            assert len(listed) > 20
        assert connection.execute(
            "select count(*) from a.marts.fct_revision"
        ).fetchall() == [(0,)]


# R26
def test_the_average_size_of_revisions_is_known_after_two_releases(
    releases: Releases,
) -> None:
    """14 of the year's person-years, from the municipalities' own figures."""
    sql = """select target_group, numerator, denominator, value
        from marts.fct_collection_quality
        where quality_measure_code = 'average_revision' and year = {year}
        order by target_group"""
    ((total, adults),) = releases.query(
        """select sum(fte), sum(fte) filter (target_group = 'adults')
        from marts.fct_fte where year = 2025 and region_level = 'municipality'"""
    )
    found = releases.query(sql.format(year=2025))
    assert [row[:2] for row in found] == [
        ("adults", 14),
        ("all", 14),
        ("children_youth", 0),
    ]
    assert found[0][2] == adults
    assert found[1][2] == total
    for _, revised, whole, value in found:
        assert value == round(100 * revised / whole, 4)
    assert [row[1] for row in releases.query(sql.format(year=2019))] == [0, 0, 0]
    assert releases.query(sql.format(year=2025), releases.first) == [
        (group, None, None, None) for group in ("adults", "all", "children_youth")
    ]


def test_a_release_knows_its_version_date_commit_and_inputs(
    releases: Releases,
) -> None:
    assert [
        (version, number, str(day), commit, before)
        for version, number, day, commit, before in releases.query(
            """select release_version, release_number, released_on, code_commit,
                previous_version
            from marts.dim_release order by release_number"""
        )
    ] == [
        ("2026.1", 1, "2026-11-22", "abc1234", None),
        ("2026.2", 2, "2026-12-01", "def5678-dirty", "2026.1"),
    ]
    replaced = releases.query(
        """select file from marts.fct_release_input
        group by file having count(distinct sha256) = 2 order by file"""
    )
    assert replaced == [
        ("seeds/reference/population.csv",),
        ("seeds/submissions/reviews.csv",),
        ("seeds/submissions/submissions_2025.csv",),
    ]
    # As sha256sum sees the files.
    names = [
        name
        for (name,) in releases.query(
            "select distinct file from marts.fct_release_input"
        )
    ]
    assert len(names) == len(list((ROOT / "seeds").rglob("*.csv")))
    process = subprocess.run(
        ["sha256sum", *names],
        cwd=releases.project,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = dict(reversed(line.split("  ")) for line in process.stdout.splitlines())
    assert seen == dict(
        releases.query(
            """select file, sha256 from marts.fct_release_input
            where release_version = '2026.2'"""
        )
    )


def test_releases_are_queried_as_published_on_a_day(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The query of docs/releases.md, which asks for a day between the two."""
    page = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    (query,) = [
        part.split('"""')[0] for part in page.split('as_published_on = """')[1:]
    ]
    monkeypatch.chdir(releases.root)
    rows = duckdb.execute(query).fetchall()
    assert {row[0] for row in rows} == {"2026.1"}
    later = duckdb.execute(query.replace("2026-11-30", "2026-12-01")).fetchall()
    assert {row[0] for row in later} == {"2026.2"}
    rogaland = [
        {(year, rate) for _, year, name, rate in found if name == "Rogaland"}
        for found in (rows, later)
    ]
    assert {year for year, _ in rogaland[0] ^ rogaland[1]} == {2025}


def test_the_difference_is_printed_before_and_after_publishing(
    releases: Releases,
) -> None:
    told = diff("2026.1", "2026.2", root=releases.root)
    assert "2026.1 (2026-11-22) → 2026.2 (2026-12-01)" in told
    ((n,),) = releases.query("select count(*) from marts.fct_revision")
    assert f"{n:,} published values differ" in told
    assert "resubmission, review" in told
    # The other way round: the values, without reasons.
    back = diff("2026.2", "2026.1", root=releases.root)
    assert "published values differ" in back
    assert "resubmission" not in back
    same = diff("published", "2026.2", root=releases.root)
    assert "No published value differs." in same
    # As it is typed; all of them are in a file.
    typed = make(
        *("diff", "OLD=2026.1", "NEW=2026.2"),
        project=releases.project,
        releases=releases.root,
    )
    assert typed.stdout == told, typed.stderr
    with (releases.project / "target" / "changed_values.csv").open() as file:
        assert len(list(csv.DictReader(file))) == n
    # Nothing was changed since it was built, so nothing would change.
    now = diff(
        "published", releases.project / "target/arsverk.duckdb", root=releases.root
    )
    assert "No published value differs." in now


def test_the_section_for_the_changelog_is_that_of_the_release(
    releases: Releases,
) -> None:
    section = diff("2026.1", "2026.2", "--as", "changelog", root=releases.root)
    assert section.startswith(
        "### Figures\n\n2026.1 (2026-11-22) → 2026.2 (2026-12-01)"
    )
    of_release = (releases.second / "CHANGES.md").read_text(encoding="utf-8")
    assert of_release.startswith("## 2026.2 (2026-12-01)\n\n### Figures\n\n")
    assert "Compared with 2026.1." in of_release
    tables = [
        [line for line in text.splitlines() if line.startswith("|")]
        for text in (section, of_release)
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) > 30
    ((old, new),) = releases.query(
        """select old_value, new_value from marts.fct_revision
        where year = 2025 and region_key = 'county:11' and target_group = 'all'
            and measure_code = 'total' and figure_code = 'per_1000'"""
    )
    assert (
        f"| 2025 | 11 Rogaland | total | per_1000 | {old:.2f} | {new:.2f} "
        "| resubmission |"
    ) in tables[0]
    first = (releases.first / "CHANGES.md").read_text(encoding="utf-8")
    assert first == (
        "## 2026.1 (2026-11-22)\n\n### Figures\n\nThe first release. The submissions "
        "are a reconstruction from published figures, not received forms.\n"
    )
    for text in (section, of_release):
        assert "a reconstruction from published figures, not received" in text


def test_a_new_year_is_named_and_no_revision(
    releases: Releases, build: Build, tmp_path: Path
) -> None:
    old = tmp_path / "old" / "arsverk.duckdb"
    old.parent.mkdir()
    shutil.copyfile(build.duckdb, old)
    with duckdb.connect(str(old)) as connection:
        for table in ("fct_indicator", "fct_fte", "fct_answer_share"):
            connection.execute(f"delete from marts.{table} where year = 2025")
    told = diff(old.parent, build.duckdb, root=tmp_path)
    assert "No published value differs." in told
    assert "New: 2025, " in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2027.1"], "There is no release 2027.1"),
        (["2026.1", "nowhere"], "Releases: 2026.1, 2026.2"),
    ],
)
def test_a_release_that_is_not_there_is_named(
    releases: Releases, arguments: list[str], message: str
) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "arsverk.revisions", *arguments],
        env={**os.environ, "ARSVERK_RELEASES": str(releases.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2
    assert message in process.stderr


def test_the_settings_that_figures_depend_on_are_in_the_release(
    releases: Releases,
) -> None:
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    # `primary_keys` moves no figure, and a release cannot be without keys.
    for name in ("release_version", "release_date", "code_commit", "primary_keys"):
        del settings[name]
    ((first,), (second,)) = releases.query(
        "select settings_json from marts.dim_release order by release_number"
    )
    assert json.loads(first) == settings
    assert json.loads(second) == settings | {"districts_shown_from": 2016}


@pytest.fixture
def pull_request(build: Build, tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the project, and a base as `make base` would have kept it."""
    state = tmp_path / "state"
    state.mkdir()
    named(build.duckdb, state / "arsverk.duckdb", "unreleased", None)
    shutil.copyfile(build.manifest, state / "manifest.json")
    shutil.copyfile(ROOT / "dbt_project.yml", state / "dbt_project.yml")
    project = copy_project(tmp_path / "project", *OF_MAKE)
    (project / "target").mkdir()
    copy_parsed(project, project / "target")
    return project, state


def changed(project: Path, state: Path, **environment: str) -> tuple[str, set[str]]:
    """Run `make changed`; return what it told and which nodes it built."""
    process = make(
        *("changed", f"STATE={state}"),
        project=project,
        releases=state.parent,
        **environment,
    )
    assert process.returncode == 0, process.stdout[-4000:] + process.stderr
    results = json.loads((project / "target" / "run_results.json").read_text())
    names = {result["unique_id"].split(".")[2] for result in results["results"]}
    assert process.stdout.startswith("### Figures\n")
    return process.stdout, names


def test_a_pull_request_builds_what_it_changes_and_shows_what_that_does(
    pull_request: tuple[Path, Path],
) -> None:
    """One unit answers one question otherwise."""
    project, state = pull_request
    row = "demo-2025-000005,1525,2025-02-12,requests_substance_use_adults,"
    change(
        project,
        "seeds/submissions/answers_2025.csv",
        (f"{row}unchanged,", f"{row}small_increase,"),
    )
    # Unit tests, which are half of it, are left to the long case.
    told, built = changed(project, state, DBT_EXCLUDE_RESOURCE_TYPES="unit_test")
    assert {"answers_2025", "int_answers__latest", "fct_answer_share"} <= built
    assert not built & {"submissions_2025", "stg_submissions__cells", "fct_indicator"}
    found = re.findall(r"/(\w+), adults \| share \|", told)
    # Of the country, and of the group of this size.
    assert sorted(found) == ["small_increase"] * 2 + ["unchanged"] * 2
    assert "4 published values differ." in told


@pytest.mark.long
def test_a_pull_request_that_touches_nearly_everything(
    pull_request: tuple[Path, Path],
) -> None:
    """A thousand inhabitants moved from Sandnes to Sola."""
    project, state = pull_request
    population = "seeds/reference/population.csv"
    change(project, population, *CHANGES[population])
    told, built = changed(project, state)
    assert {
        "population",
        "int_municipalities__inhabitants_and_groups",
        "fct_indicator",
    } <= built
    assert not built & {"submissions_2025", "stg_submissions__cells", "services"}
    # Two municipalities, at most four measures each.
    (n,) = re.findall(
        r"\| current \| 2025 \| municipality \| per_1000 \| (\d) \|", told
    )
    assert 2 <= int(n) <= 8
    assert "| municipality | fte |" not in told
    assert "| 2025 | 1108 Sandnes | total | per_1000 |" in told
    assert not {"2024", "legacy"} & set(re.findall(r"\w+", told))
