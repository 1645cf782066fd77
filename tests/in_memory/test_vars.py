"""The settings: other values work, values that mean nothing are refused."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from compiled_project import CompiledProject, compile_project, read_manifest
from conftest import ROOT, Build, run_dbt

OTHER_VALUES = {
    "display_rule": "both_parts",
    "carry_forward_across_break": False,
    "carry_forward_max_years": 0,
    "ceiling_per_1000": 90,
    "districts_shown_from": 2018,
    "comparison_group_minimum": 9,
    "sum_tolerance": 3,
    "large_change_pct": 40,
    "large_change_fte": 5,
    "hb_u": 0.4,
    "hb_a": 0.1,
    "hb_c": 30,
    "robust_z_limit": 5,
    "release_version": "other",
    "release_date": "2026-01-31",
    "code_commit": "0123abc",
}


def test_the_defaults_are_those_of_the_definitions() -> None:
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    of_the_data = ("form_editions", "answer_years", "received_files", "primary_keys")
    defaults = {k: v for k, v in settings["vars"].items() if k not in of_the_data}
    assert defaults == {
        "carry_forward_across_break": True,
        "carry_forward_max_years": None,
        "display_rule": "either_part",
        "ceiling_per_1000": 100,
        "districts_shown_from": 2017,
        "comparison_group_minimum": 5,
        "sum_tolerance": 0.1,
        "large_change_pct": 25,
        "large_change_fte": 2,
        "hb_u": 0.5,
        "hb_a": 0.05,
        "hb_c": 20,
        "robust_z_limit": 3.5,
        "release_version": "unreleased",
        "release_date": None,
        "code_commit": None,
    }


def test_settings_of_duckdb_are_made_once_when_the_file_is_opened() -> None:
    """What stands under `settings` dbt sets anew in each thread, while others write."""
    profiles = yaml.safe_load((ROOT / "profiles.yml").read_text(encoding="utf-8"))
    outputs = profiles["arsverk"]["outputs"].values()
    of_duckdb = [output for output in outputs if output["type"] == "duckdb"]
    assert of_duckdb
    for output in of_duckdb:
        assert "disabled_compression_methods" in output["config_options"]
        assert "settings" not in output


TABLES = ("fct_response", "fct_submission_issue", "fct_indicator", "dim_region")
FEW = {"int_indicator__display_and_status"}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Compile with other values of all vars."""
    target = tmp_path_factory.mktemp("vars")
    return compile_project(target, [*TABLES, *FEW], **OTHER_VALUES)


@pytest.fixture(scope="module")
def other(manifest: dict) -> CompiledProject:
    """Build the demo in memory with the other values."""
    project = CompiledProject(manifest, TABLES)
    project.read_files()
    return project


def differing(one: dict, other: dict) -> set[str]:
    """Return the models whose SQL is not the same, of those that both compiled."""
    return {
        node["name"]
        for key, node in one["nodes"].items()
        if node["resource_type"] == "model"
        and other["nodes"][key].get("compiled_code")
        and node["compiled_code"] != other["nodes"][key]["compiled_code"]
    }


@pytest.mark.parametrize("few", [True, pytest.param(False, marks=pytest.mark.long)])
def test_no_unit_test_depends_on_the_value_of_a_var(
    build: Build, manifest: dict, few: bool, tmp_path: Path
) -> None:
    """Those of every model whose SQL is another with the other values, or of a few."""
    if not few:
        manifest = compile_project(
            tmp_path / "all", ["resource_type:model"], **OTHER_VALUES
        )
    models = differing(read_manifest(build.manifest), manifest)
    assert models > FEW
    with_tests = {test["model"] for test in manifest["unit_tests"].values()}
    models = FEW if few else models & with_tests
    shutil.copy(build.duckdb, tmp_path / "arsverk.duckdb")
    process = run_dbt(
        *("test", "--select", *(f"{name},test_type:unit" for name in sorted(models))),
        *("--vars", json.dumps(OTHER_VALUES)),
        target=tmp_path,
    )
    assert process.returncode == 0, process.stdout[-8000:]
    (passed,) = re.findall(r"PASS=(\d+) WARN=0 ERROR=0 SKIP=0", process.stdout)
    assert int(passed) > len(models)


def test_nothing_is_carried_for_more_than_no_years(other: CompiledProject) -> None:
    assert other.query(
        "select count(*) from marts.fct_response where status = 'carried_forward'"
    ) == [(0,)]
    # 66 units in 2020 and 24 in 2021, two parts each.
    assert other.query(
        """select year, count(*) from marts.fct_response
        where status = 'missing' and year in (2020, 2021)
        group by year order by year"""
    ) == [(2020, 132), (2021, 48)]


def test_wider_limits_find_less(build: Build, other: CompiledProject) -> None:
    sql = """select rule_code, count(*) from marts.fct_submission_issue
        where kind = 'soft' group by rule_code"""
    found, found_with_wider_limits = dict(build.query(sql)), dict(other.query(sql))
    for rule in ("sum_differs", "large_change", "outlier_change", "outlier_level"):
        assert 0 < found_with_wider_limits.get(rule, 0) < found[rule], rule


def test_the_other_reading_shows_municipalities_with_one_part(
    other: CompiledProject,
) -> None:
    assert other.query(
        """select count(*) from marts.fct_indicator
        where not_displayed_reason in ('no_own_adults', 'no_own_children_youth')"""
    ) == [(0,)]


def test_districts_and_comparison_follow_their_vars(other: CompiledProject) -> None:
    assert other.query(
        "select min(year) from marts.fct_indicator where region_level = 'district'"
    ) == [(2018,)]
    # KOSTRA groups 16 and 17 have eight municipalities each, group 13 one.
    assert other.query(
        """select distinct regions.kostra_group_code
        from marts.fct_indicator as indicator
        inner join marts.dim_region as regions
            on indicator.region_key = regions.region_key
        where indicator.year = 2024
            and indicator.comparison_region_level = 'country'
        order by 1"""
    ) == [("EKG13",), ("EKG16",), ("EKG17",)]


# Each run names all that is wrong in it.
REFUSED = [
    {
        "display_rule": ("foo", "either_part or both_parts"),
        "carry_forward_across_break": ("false", "true or false"),
        "carry_forward_max_years": (-1, "empty, or a whole number from 0 up"),
        "ceiling_per_1000": ("many", "a number above 0"),
        "hb_u": (2, "a number from 0 to 1"),
        "received_files": ("data/2025.csv", "a path with {name} in it"),
    },
    {"received_files": ("data/{name}.xlsx", "a path with {name} in it that ends in")},
    {"answer_years": ([2023, 2023], "a list of years, each once")},
    {"answer_years": (2023, "a list of years, each once")},
]


@pytest.mark.parametrize("given", REFUSED, ids=lambda given: " ".join(given))
def test_a_value_that_means_nothing_is_refused_by_name(
    tmp_path: Path, given: dict[str, tuple[object, str]]
) -> None:
    variables = {name: value for name, (value, _) in given.items()}
    # The years of answers are looked at wherever they are read.
    command = ("compile", "--select", "stg_answers__received")
    if "answer_years" not in given:
        command = ("run", "--select", "dim_series")
    process = run_dbt(*command, "--vars", json.dumps(variables), target=tmp_path)
    assert process.returncode != 0
    for name, (value, meaning) in given.items():
        assert f"The var {name} is '{value}': write {meaning}" in process.stdout
    assert "1 of 1 START" not in process.stdout
