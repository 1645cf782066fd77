"""Make a SQLMesh project of what dbt compiled, on a DuckDB file that has the seeds.

Models that are views in dbt are of kind VIEW, tables of kind FULL; seeds are external
models. The state is kept in a file of its own. Without --models, every model is made.
The columns of marts stand in the order of the SQL, not of dbt's contracts, and there
are no keys, comments and tests. Views name the catalog that they were made in: whoever
opens the file attaches it under that name.

    python benchmarks/peers/sqlmesh_project.py TARGET DATABASE FOLDER --run \\
        --models fct_fte fct_indicator

TARGET is dbt's target folder, with `manifest.json` and `compiled`. DATABASE has the
schemas `raw` and `reference` and is written to by --run, or by `sqlmesh plan
--auto-apply --no-prompts` in FOLDER.
"""

import argparse
import json
import os
from pathlib import Path

import duckdb
from ruamel.yaml import YAML

KINDS = {"view": "VIEW", "table": "FULL"}


class Compiled:
    """What dbt compiled."""

    def __init__(self, target: Path) -> None:
        """Read the manifest of a target folder."""
        self.target = target
        manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        self.nodes = manifest["nodes"]
        self.models = {
            node["name"]: node
            for node in self.nodes.values()
            if node["resource_type"] == "model"
        }
        project = manifest["metadata"]["project_name"]
        self.folder = target / "compiled" / project
        (self.catalog,) = {model["database"] for model in self.models.values()}

    def with_ancestors(self, names: list[str]) -> list[dict]:
        """Return models and all that they are made from, seeds too."""
        found, pending = {}, [self.models[name]["unique_id"] for name in names]
        while pending:
            identifier = pending.pop()
            if identifier not in found and identifier in self.nodes:
                found[identifier] = self.nodes[identifier]
                pending += found[identifier]["depends_on"].get("nodes", [])
        return [found[identifier] for identifier in sorted(found)]

    def sql(self, model: dict) -> str:
        """Return a model's SQL."""
        return (self.folder / model["original_file_path"]).read_text(encoding="utf-8")


def model_file(model: dict, sql: str, optimize: bool) -> str:
    """Return a SQLMesh model."""
    kind = KINDS[model["config"]["materialized"]]
    return (
        f"MODEL (\n  name {model['schema']}.{model['alias']},\n  kind {kind},\n"
        f"  dialect duckdb,\n  optimize_query {str(optimize).lower()}\n);\n\n{sql}\n"
    )


def external_models(database: Path, seeds: list[dict]) -> list[dict]:
    """Describe seeds as SQLMesh wants it: by their columns and types."""
    described = []
    with duckdb.connect(str(database), read_only=True) as connection:
        for seed in seeds:
            name = f"{seed['schema']}.{seed['alias']}"
            rows = connection.execute(f"describe {name}").fetchall()
            described.append(
                {
                    "name": name,
                    "columns": {column: data_type for column, data_type, *_ in rows},
                }
            )
    return described


def make_project(
    target: Path,
    database: Path,
    folder: Path,
    names: list[str] | None = None,
    optimize: bool = True,
) -> int:
    """Write the project; return how many models it has."""
    compiled = Compiled(target)
    nodes = compiled.with_ancestors(names or list(compiled.models))
    models = [node for node in nodes if node["resource_type"] == "model"]
    seeds = [node for node in nodes if node["resource_type"] == "seed"]
    for model in models:
        path = folder / "models" / model["schema"] / f"{model['name']}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            model_file(model, compiled.sql(model), optimize), encoding="utf-8"
        )
    limit = os.environ.get("BENCH_MEMORY_LIMIT")
    yaml = YAML()
    yaml.dump(external_models(database, seeds), folder / "external_models.yaml")
    yaml.dump(
        {
            "gateways": {
                "local": {
                    # The compiled SQL names the catalog, whatever the file is called.
                    "connection": {
                        "type": "duckdb",
                        "catalogs": {compiled.catalog: str(database.resolve())},
                        # As in profiles/profiles.yml.
                        "connector_config": {
                            "disabled_compression_methods": "fsst",
                            **({"memory_limit": limit} if limit else {}),
                        },
                    },
                    "state_connection": {
                        "type": "duckdb",
                        "database": str((folder / "state.duckdb").resolve()),
                    },
                }
            },
            "default_gateway": "local",
            "model_defaults": {"dialect": "duckdb"},
            "disable_anonymized_analytics": True,
        },
        folder / "config.yaml",
    )
    return len(models)


def run_project(folder: Path) -> None:
    """Build the project's models."""
    os.environ["SQLMESH__DISABLE_ANONYMIZED_ANALYTICS"] = "true"
    from sqlmesh import Context

    context = Context(paths=str(folder))
    try:
        context.plan(auto_apply=True, no_prompts=True)
    finally:
        context.close()


def main() -> None:
    """Make a project, and build it if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path, help="dbt's target folder")
    parser.add_argument("database", type=Path, help="a DuckDB file with the seeds")
    parser.add_argument("folder", type=Path, help="where the project goes")
    parser.add_argument("--models", nargs="+", help="these and their ancestors only")
    parser.add_argument("--run", action="store_true", help="build the models too")
    parser.add_argument(
        "--no-optimize", action="store_true", help="leave the SQL as it is written"
    )
    arguments = parser.parse_args()
    count = make_project(
        arguments.target,
        arguments.database,
        arguments.folder,
        arguments.models,
        optimize=not arguments.no_optimize,
    )
    print(f"{count} models in {arguments.folder}")
    if arguments.run:
        run_project(arguments.folder)


if __name__ == "__main__":
    main()
