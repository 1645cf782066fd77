"""The description of a release for machines and people.

``datapackage.json`` is a Data Package (version 2 of the standard): every file with
its checksum, and the schema and keys of every table. ``README.md`` says the same to
people, shortly.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arsverk.catalog import Catalog, Column, Table
from arsverk.wording import LANGUAGES, say

TITLE_NB, TITLE_EN = (say("release.title", language) for language in LANGUAGES)
RECONSTRUCTION = (
    "The submissions are a reconstruction from published figures, not received forms."
)
PROFILE = "https://datapackage.org/profiles/2.0/"
LICENCES = [
    {
        "name": "NLOD-2.0",
        "title": "Norwegian Licence for Open Government Data 2.0",
        "path": "https://data.norge.no/nlod/en/2.0",
    },
    {
        "name": "CC0-1.0",
        "title": "Creative Commons Zero 1.0: the project's own lists and "
        "reconstructed submissions",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
]
TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


def write_data_package(
    folder: Path, catalog: Catalog, nodes: Mapping[str, Any]
) -> None:
    """Write datapackage.json for the files that lie in a folder."""
    release = catalog.release
    resources = []
    for table in catalog.tables:
        resources.append(
            described_file(folder, f"csv/{table.name}.csv", table.name)
            | {"title": table.name}
            | described_table(table, {"delimiter": ","}, {})
        )
    for table in catalog.tables:
        path = f"csv-excel-nb/{table.name}.csv"
        resources.append(
            described_file(folder, path, f"{table.name}-excel-nb")
            | {"title": f"{table.name}, for Excel in Norwegian (semicolon, comma, BOM)"}
            | described_table(table, {"delimiter": ";"}, {"decimalChar": ","})
        )
        path = f"parquet/{table.name}.parquet"
        resources.append(
            described_file(folder, path, f"{table.name}-parquet")
            | {"title": f"{table.name}, Parquet"}
        )
    for path in sorted((folder / "json-stat").iterdir()):
        resources.append(
            described_file(folder, f"json-stat/{path.name}", path.stem + "-json-stat")
            | {"title": f"{path.stem}, JSON-stat 2"}
        )
    resources.append(
        {
            "name": "arsverk-duckdb",
            "path": "arsverk.duckdb",
            "format": "duckdb",
            "mediatype": "application/octet-stream",
            "title": "All tables, with keys and descriptions, and views",
            "description": "Its checksum is in SHA256SUMS: DuckDB leaves bytes "
            "without meaning in its files, so that it differs between two makings.",
        }
    )
    package = {
        "$schema": f"{PROFILE}datapackage.json",
        "name": "arsverk",
        "id": f"arsverk-{release.version}",
        "title": f"{TITLE_NB} / {TITLE_EN}",
        "description": description(catalog),
        "version": release.version,
        "created": f"{release.date.isoformat()}T00:00:00Z",
        "keywords": ["Norway", "municipalities", "mental health", "substance use"],
        "contributors": [
            {"title": "The maintainers of arsverk", "roles": ["publisher"]}
        ],
        "licenses": LICENCES,
        "sources": sources(nodes),
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def write_readme(folder: Path, catalog: Catalog) -> None:
    """Write what a person who is given the folder has to know."""
    release = catalog.release
    made_up = "".join(f"> - {text}\n" for text in release.provenance_en)
    before = release.previous_version
    warning = f"\n> **{RECONSTRUCTION}**\n>\n{made_up}" if made_up else ""
    text = f"""\
# {TITLE_NB}

{TITLE_EN}, per 1,000 inhabitants.
Release {release.version}, {release.date}.
{warning}

- `arsverk.duckdb`: all tables (`marts`), and views with every code in words
  (`labelled`). Open it read-only, with any DuckDB since 1.0.
- `parquet/`, `csv/`: the same tables. `csv-excel-nb/`: with semicolon, decimal comma
  and byte order mark, for Excel in Norwegian.
- `json-stat/`: the indicator as JSON-stat 2, one dataset a series.
- `datapackage.json`: every table and column described; licences and sources.
- `CHANGES.md`: what changed from {before or "the release before: this is the first"}.
- `SHA256SUMS`: checksums, for `sha256sum --check SHA256SUMS`.

A text in a CSV file that a spreadsheet would run has an apostrophe before it. Made from
commit {release.commit}; the checksums of the inputs are in `fct_release_input`.
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def description(catalog: Catalog) -> str:
    """Return what the package holds, and what of it is made up."""
    release = catalog.release
    lines = [
        f"{TITLE_EN}, per 1,000 inhabitants, for the country, counties, "
        "municipalities and groups of them. "
        f"Made from commit {release.commit} of the project arsverk.",
    ]
    if release.is_reconstruction:
        lines += [RECONSTRUCTION, *release.provenance_nb, *release.provenance_en]
    lines.append(
        "A text in a CSV file that a spreadsheet would run has an apostrophe before it."
    )
    return "\n\n".join(lines)


def described_file(folder: Path, path: str, name: str) -> dict[str, Any]:
    """Return a file's name, format, size and checksum."""
    content = (folder / path).read_bytes()
    kind = Path(path).suffix.removeprefix(".")
    media = {
        "csv": "text/csv",
        "json": "application/json",
        "parquet": "application/vnd.apache.parquet",
    }
    text = {"encoding": "utf-8"} if kind in ("csv", "json") else {}
    return {
        "name": name,
        "path": path,
        # Validators that take "parquet" for a table of text fail on it.
        "format": "apache-parquet" if kind == "parquet" else kind,
        "mediatype": media[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    } | text


def described_table(
    table: Table, dialect: dict[str, Any], number: dict[str, Any]
) -> dict[str, Any]:
    """Return what a table of a CSV file holds, and how its numbers are written."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [field(column, table, number) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    keys = [
        {
            "fields": list(key.columns),
            "reference": {"resource": key.table, "fields": list(key.to_columns)},
        }
        # A key that is empty in part is no key in DuckDB, but one in a data package.
        for key in table.foreign_keys
        if not key.may_be_empty
    ]
    if keys:
        schema["foreignKeys"] = keys
    quotes = {"quoteChar": '"', "doubleQuote": True, "header": True}
    return {
        "type": "table",
        "description": first_paragraph(table.description),
        "dialect": dialect | quotes,
        "schema": schema,
    }


def field(column: Column, table: Table, number: dict[str, Any]) -> dict[str, Any]:
    """Return a column as a field of a table schema."""
    found: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.type, "number"),
        "description": " ".join(column.description.split()),
    }
    if column.is_decimal:
        found |= number
    if column.name in table.primary_key:
        found["constraints"] = {"required": True}
    return found


def first_paragraph(text: str) -> str:
    """Return the first paragraph of a description, on one line."""
    return " ".join(text.split("\n\n")[0].split())


def sources(nodes: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the seeds say of where they are from, each once."""
    found = {
        " ".join(match.group(1).split())
        for node in nodes.values()
        if node["resource_type"] == "seed"
        and (
            match := re.search(
                r"\*\*Provenance\.\*\*(.*?)(?:\n\n|$)", node["description"], re.DOTALL
            )
        )
    }
    return [{"title": text} for text in sorted(found)]
