"""The project's compiled SQL, run in memory on submissions that a test makes up.

dbt compiles the project once for a choice of years and vars. What does not depend on
the submissions is then built once, and the rest anew for each set of submissions.
"""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import duckdb
import yaml

from conftest import ROOT, run_dbt

Node = dict  # a seed or model, as dbt's manifest describes it
Row = dict[str, str | int | None]  # a raw row: its year, and the columns of its file


def form_editions() -> dict[str, dict]:
    """Return the form editions of the project: their years and columns."""
    text = (ROOT / "dbt_project.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["vars"]["form_editions"]


def compile_project(
    target: Path,
    tables: Iterable[str],
    years: dict[str, list[int]] | None = None,
    project: Path = ROOT,
    **variables: object,
) -> dict:
    """Compile what leads to some tables, by default for all years."""
    if years:
        forms = form_editions()
        variables["form_editions"] = {
            edition: {**forms[edition], "years": of_edition}
            for edition, of_edition in years.items()
        }
    process = run_dbt(
        *("compile", "--quiet", "--select", *(f"+{table}" for table in tables)),
        *("--indirect-selection", "empty"),  # no tests
        *("--vars", json.dumps(variables)),
        target=target,
        project=project,
    )
    assert process.returncode == 0, process.stdout[-4000:]
    return read_manifest(target / "manifest.json")


def read_manifest(path: Path) -> dict:
    """Return what dbt knew of the project when it compiled it."""
    return json.loads(path.read_text(encoding="utf-8"))


class CompiledProject:
    """The models that lead to some tables, each as a table of a DuckDB in memory.

    ``keep`` makes the project small: seed, and the condition for rows to be kept.
    ``replace`` breaks the SQL on purpose: model, text to be found, other text.
    ``shuffled`` puts the rows of files in another order. Files are those of ``root``.
    """

    def __init__(
        self,
        manifest: dict,
        tables: Iterable[str],
        keep: tuple[str, str] | None = None,
        replace: tuple[str, str, str] | None = None,
        shuffled: bool = False,
        root: Path = ROOT,
    ) -> None:
        self.root, self.shuffled = root, shuffled
        self.all_nodes = manifest["nodes"]
        self.nodes: dict[str, Node] = {}  # by name; what is read stands first
        wanted = set(tables)
        for key, node in self.all_nodes.items():
            if node["resource_type"] in ("model", "seed") and node["name"] in wanted:
                self.add(key)

        if replace:
            model, text, other_text = replace
            sql = self.nodes[model]["compiled_code"]
            assert text in sql, f"{text!r} is not in the SQL of {model}"
            changed = {"compiled_code": sql.replace(text, other_text)}
            self.nodes[model] = {**self.nodes[model], **changed}

        self.raw: list[Node] = []  # seeds of what was received or decided
        self.dependent: list[Node] = []  # models that read them, directly or not
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("set threads = 1")
        # Broken SQL runs too seldom for a plan.
        self.is_small, self.is_planned = bool(keep and not replace), False
        database = next(iter(self.nodes.values()))["database"]
        self.connection.execute(f"attach ':memory:' as {database}")
        for node in self.nodes.values():
            schema = f"{node['database']}.{node['schema']}"
            self.connection.execute(f"create schema if not exists {schema}")
            if node["resource_type"] == "seed":
                self.create_seed(node)
            else:
                self.create_model(node)
            if keep and node["name"] == keep[0]:
                self.connection.execute(
                    f"delete from {node['relation_name']} where not ({keep[1]})"
                )

    def add(self, key: str) -> None:
        """Add a node and, before it, all that it reads."""
        node = self.all_nodes.get(key)
        if node and node["name"] not in self.nodes:
            for parent in node["depends_on"].get("nodes", []):
                self.add(parent)
            self.nodes[node["name"]] = node

    def create_seed(self, node: Node) -> None:
        """Create a seed as dbt does; without rows if it is one of submissions."""
        types = node["config"]["column_types"]
        columns = ", ".join(
            f"{name} {types.get(name, 'text')}" for name in headings(self.root, node)
        )
        self.connection.execute(f"create table {node['relation_name']} ({columns})")
        if Path(node["original_file_path"]).parent.name == "submissions":
            self.raw.append(node)
        else:
            self.copy(node)

    def create_model(self, node: Node) -> None:
        """Create the table of a model; filled if it does not read submissions."""
        name, sql = node["relation_name"], node["compiled_code"]
        if has_contract(node):
            columns = [f"{n} {c['data_type']}" for n, c in node["columns"].items()]
            for constraint in node["constraints"]:
                if constraint["type"] == "primary_key":
                    columns.append(f"primary key ({', '.join(constraint['columns'])})")
            self.connection.execute(f"create table {name} ({', '.join(columns)})")
        else:
            empty = f"select * from ({sql}) limit 0"
            self.connection.execute(f"create table {name} as ({empty})")
        changing = {other["unique_id"] for other in self.raw + self.dependent}
        if changing & set(node["depends_on"]["nodes"]):
            self.dependent.append(node)
        else:
            self.fill(node)

    def copy(self, node: Node) -> None:
        """Fill a seed with the rows of its file."""
        path = self.root / node["original_file_path"]
        self.connection.execute(f"delete from {node['relation_name']}")
        self.connection.execute(
            f"""copy {node["relation_name"]} from '{path}' (
                format csv, auto_detect false, header true, delimiter ',',
                quote '"', escape '"', nullstr '', strict_mode true
            )"""
        )
        # A review knows which line of its file it is.
        if self.shuffled and node["name"] != "reviews":
            name = node["relation_name"]
            self.connection.execute(
                f"create or replace table {name} as from {name} order by hash(rowid)"
            )

    def plan(self) -> None:
        """Plan the SQL once, for small sets that are many: that takes most of the time.

        What tables hold must not be part of the plan then.
        """
        self.connection.execute(
            "set disabled_optimizers ="
            " 'statistics_propagation,compressed_materialization'"
        )
        for node in self.dependent:
            self.connection.execute(f"prepare {node['name']} as {filling(node)}")
        self.is_planned = True

    def fill(self, node: Node) -> None:
        """Fill the table of a model."""
        self.connection.execute(f"delete from {node['relation_name']}")
        self.connection.execute(
            f"execute {node['name']}" if self.is_planned else filling(node)
        )

    def read(self, rows: Iterable[Row]) -> None:
        """Take these submissions in place of those before, and build on them."""
        rows = list(rows)
        for node in self.raw:
            name = node["relation_name"]
            self.connection.execute(f"delete from {name}")
            kind, _, year = node["name"].rpartition("_")
            if kind == "submissions":
                of_year = [row for row in rows if str(row["year"]) == year]
                types = [dict.fromkeys(headings(self.root, node), "text")]
                unnested = "unnest(from_json(?, ?), recursive := true)"
                self.connection.execute(
                    f"insert into {name} select {unnested}",
                    [json.dumps(of_year), json.dumps(types)],
                )
        self.rebuild()

    def read_files(self, since: int = 0) -> None:
        """Take the project's own submissions, and build on them.

        Files of years before ``since`` are taken for empty.
        """
        for node in self.raw:
            *_, year = node["name"].split("_")
            if not year.isdigit() or int(year) >= since:
                self.copy(node)
        self.rebuild()

    def rebuild(self) -> None:
        """Fill every table anew that depends on the submissions."""
        for node in self.dependent:
            self.fill(node)
        if self.is_small and not self.is_planned:
            self.plan()

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query, in which schemas are those of a build."""
        (database,) = {node["database"] for node in self.nodes.values()}
        self.connection.execute(f"use {database}")
        return self.connection.execute(sql).fetchall()

    def table(self, name: str, columns: str = "*") -> list[tuple]:
        """Return the rows of a seed or model."""
        relation = self.nodes[name]["relation_name"]
        return self.connection.execute(f"select {columns} from {relation}").fetchall()


def headings(root: Path, node: Node) -> list[str]:
    """Return the columns of a seed's file."""
    path = root / node["original_file_path"]
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def filling(node: Node) -> str:
    """Return the SQL that fills the table of a model."""
    name, sql = node["relation_name"], node["compiled_code"]
    columns = ", ".join(node["columns"]) if has_contract(node) else "*"
    return f"insert into {name} select {columns} from ({sql})"


def has_contract(node: Node) -> bool:
    """Whether a model promises its columns and their types."""
    return node["config"]["contract"]["enforced"]
