"""SQL of the project, used where dbt is not: views over a release, macros of a check.

Models that read marts only, and macros without settings, are filled in as dbt fills
them in for DuckDB. So pages and forms say what the project's own SQL says, and there is
no second text of it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2

# Macros about numbers and texts; they ask for nothing but the engine.
FOLDERS = ("numbers", "text")


@cache
def macros(project: Path) -> Any:
    """Return the project's macros about numbers and texts, as they are for DuckDB."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in sorted((project / "macros" / folder).glob("*.sql"))
    )
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"]
    )
    adapter = SimpleNamespace()
    environment.globals |= {"return": lambda value: value, "adapter": adapter}
    module = environment.from_string(text).make_module()
    adapter.dispatch = lambda name: getattr(module, f"default__{name}")
    return module


@cache
def query(name: str) -> str:
    """Return a query that no model can be: over two releases, or over seed files."""
    path = files("arsverk") / "queries" / f"{name}.sql"
    return path.read_text(encoding="utf-8")


@cache
def filled_query(name: str, project: Path) -> str:
    """Return a query whose macros are filled in with those of a project."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals |= vars(macros(project))
    return environment.from_string(query(name)).render()


def own_project() -> Path:
    """Return the project that this code belongs to; elsewhere installed: the folder."""
    own = Path(__file__).resolve().parents[2]
    return own if (own / "dbt_project.yml").exists() else Path.cwd()


def create_views(
    connection: duckdb.DuckDBPyConnection, folder: str, *wanted: str
) -> None:
    """Make temporary views of a folder's models, over the marts of an open file.

    Args:
        connection: to the file; nothing is written into it.
        folder: where the models stand, under ``models``.
        wanted: which of them; default: all.
    """
    project = own_project()
    models = {path.stem: path for path in (project / "models" / folder).glob("*.sql")}
    made: set[str] = set()

    def ref(name: str) -> str:
        if name in models:
            make(name)
            return name
        schema, mark, view = name.partition("_")
        return f"labelled.{view}" if schema + mark == "labelled_" else f"marts.{name}"

    def make(name: str) -> None:
        if name not in made:
            made.add(name)
            sql = models[name].read_text(encoding="utf-8")
            select = environment.from_string(sql).render()
            connection.execute(f"create temporary view {name} as {select}")

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals |= {**vars(macros(project)), "ref": ref}
    for name in wanted or models:
        make(name)
