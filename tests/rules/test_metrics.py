"""The semantic layer gives the figures of the indicator, whatever is grouped by."""

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from metricflow.data_table.mf_table import MetricFlowDataTable
from metricflow.engine.metricflow_engine import (
    MetricFlowEngine,
    MetricFlowQueryRequest,
)
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

from conftest import Build

YEAR = "metric_time__year"
GROUPS = {
    "country": None,
    "county": "region__county_code",
    "kostra_group": "region__kostra_group_code",
    "health_region": "region__health_region_code",
    "centrality": "region__centrality_class_code",
    "municipality": "region",
}


class ReadOnlyFile:
    """What MetricFlow asks of a database, on the built file."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()

    def __init__(self, build: Build) -> None:
        self.connection = duckdb.connect(str(build.duckdb), read_only=True)

    def query(self, stmt: str, sql_bind_parameter_set=None) -> MetricFlowDataTable:
        cursor = self.connection.execute(stmt)
        names = [column[0] for column in cursor.description]
        return MetricFlowDataTable.create_from_rows(names, cursor.fetchall())


class Layer:
    """Questions to the semantic layer."""

    def __init__(self, build: Build) -> None:
        path = build.target / "semantic_manifest.json"
        manifest = parse_manifest_from_dbt_generated_manifest(path.read_text())
        self.engine = MetricFlowEngine(
            semantic_manifest_lookup=SemanticManifestLookup(manifest),
            sql_client=ReadOnlyFile(build),
        )

    def ask(self, metric: str, *by: str, where: str | None = None) -> list[tuple]:
        """Return the rows of a metric, the columns of the groups first."""
        request = MetricFlowQueryRequest.create(
            metric_names=[metric],
            group_by_names=list(by),
            where_constraints=[where] if where else None,
        )
        return [tuple(row) for row in self.engine.query(request).result_df.rows]


@pytest.fixture(scope="module")
def layer(build: Build) -> Layer:
    return Layer(build)


def two_decimals(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def measures(build: Build) -> list[tuple[str, str]]:
    return build.query("select series_code, measure_code from marts.dim_measure")


@pytest.mark.parametrize("level", GROUPS)
def test_r13_every_rate_is_that_of_the_indicator(
    build: Build, layer: Layer, level: str
) -> None:
    """All years, measures and regions; groups are summed before they are divided."""
    by = [YEAR, *([GROUPS[level]] if GROUPS[level] else [])]
    n = 0
    for series, measure in measures(build):
        expected = {
            (year, region): rate
            for year, region, rate in build.query(
                f"""select year,
                    case '{level}' when 'country' then ''
                        when 'municipality' then region_key else region_code end,
                    per_1000
                from marts.fct_indicator
                where series_code = '{series}' and measure_code = '{measure}'
                    and region_level = '{level}' and is_displayed"""
            )
        }
        found = {
            (row[0].year, "".join(row[1:-1])): two_decimals(row[-1])
            for row in layer.ask(f"{series}_{measure}_per_1000", *by)
            if row[-1] is not None
        }
        # The layer knows no rule of display: only the rates that are shown are
        # compared, and no region but municipalities may be more.
        assert {key: found.get(key) for key in expected} == expected
        if level != "municipality":
            assert set(found) == set(expected)
        n += len(expected)
    assert n > 40


# R10
def test_every_measure_has_one_rate_and_every_rate_one_series(
    build: Build, layer: Layer
) -> None:
    """R10: no metric of person-years can put the two series together."""
    names = {m.name for m in layer.engine.list_metrics()} - {"inhabitants"}
    series_of = dict(build.query("select year, series_code from marts.dim_year"))
    assert {name for name in names if name.endswith("_per_1000")} == {
        f"{series}_{measure}_per_1000" for series, measure in measures(build)
    }
    assert len(names) == 2 + 2 * len(measures(build))
    for name in names:
        years = {row[0].year for row in layer.ask(name, YEAR) if row[-1] is not None}
        assert years == {
            year
            for year, series in series_of.items()
            if series == name.split("_", 1)[0]
        }, name


def test_without_a_year_it_is_the_newest_of_the_series(
    build: Build, layer: Layer
) -> None:
    """Person-years and inhabitants are never added up over years."""
    newest = build.query(
        "select series_code, max(year) from marts.dim_year group by series_code"
    )
    for series, year in newest:
        ((found,),) = layer.ask(f"{series}_total_per_1000")
        ((expected,),) = build.query(
            f"""select per_1000 from marts.fct_indicator
            where region_level = 'country' and measure_code = 'total'
                and year = {year}"""
        )
        assert two_decimals(found) == expected
    ((people,),) = layer.ask("inhabitants")
    assert build.query(
        "select population from marts.fct_indicator where region_level = 'country'"
        " and year = (select max(year) from marts.dim_year)"
        " and measure_code = 'total'"
    ) == [(Decimal(people),)]


def test_a_condition_comes_before_the_sum(build: Build, layer: Layer) -> None:
    """Two counties as one: 4601 and the others of Vestland and Rogaland."""
    rows = layer.ask(
        "current_total_per_1000",
        YEAR,
        where="{{ Dimension('region__county_code') }} in ('11', '46')",
    )
    expected = build.query(
        """select year, 1000 * sum(fte) / sum(population) from marts.fct_indicator
        where region_level = 'county' and region_code in ('11', '46')
            and measure_code = 'total' and series_code = 'current'
        group by year order by year"""
    )
    assert [(row[0].year, round(row[1], 8)) for row in sorted(rows)] == [
        (year, round(float(rate), 8)) for year, rate in expected
    ]


def test_person_years_are_those_of_the_key_figures(build: Build, layer: Layer) -> None:
    found = {
        (row[0].year, *row[1:3]): round(row[3], 6)
        for series in ("current", "legacy")
        for row in layer.ask(
            f"{series}_person_years", YEAR, "cell__target_group", "cell__service_code"
        )
    }
    expected = {
        (year, group, service): round(float(fte), 6)
        for year, group, service, fte in build.query(
            """select year, target_group, category_code, fte
            from marts.fct_key_figure
            where region_level = 'country' and breakdown = 'service'
                and target_group != 'all'"""
        )
    }
    # FACT teams for children and youth are carried over from no old form.
    assert {key: found.get(key, 0) for key in expected} == expected
    assert set(found) <= set(expected)


def test_the_days_of_the_layer_have_no_gap(build: Build) -> None:
    days = dict(
        build.query(
            """select year(date_day), count(*) from intermediate.int_time__days
            group by 1"""
        )
    )
    years = {year for (year,) in build.query("select year from marts.dim_year")}
    assert days == {year: 366 if year % 4 == 0 else 365 for year in years}
