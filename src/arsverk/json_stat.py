"""The indicator as JSON-stat 2: one dataset a series, in Norwegian and English.

Dimensions are region, year and measure; the value is the published rate. The status
of each cell is that of ``dim_obs_status``, and its note says in words why it is empty
or what it rests on. A cell that has neither value nor status does not exist: the
region is not shown in that year.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from arsverk.catalog import Catalog
from arsverk.project_sql import create_views
from arsverk.wording import section

WORDS = section("json_stat")


def write_json_stat(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Write a file for each series that has figures and each language."""
    folder.mkdir()
    create_views(connection, "publishing/pages", "page_json_stat")
    for (series,) in connection.execute(
        "select distinct series_code from page_json_stat order by series_code"
    ).fetchall():
        for language in WORDS:
            path = folder / f"indicator_{series}_{language}.json"
            content = dataset(connection, catalog, series, language)
            path.write_text(
                json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n",
                encoding="utf-8",
            )


def dataset(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, series: str, language: str
) -> dict[str, Any]:
    """Return one dataset as JSON-stat 2."""
    words = WORDS[language]
    result = connection.execute(
        "from page_json_stat where series_code = ? order by sort_order", [series]
    )
    names = [column[0] for column in result.description]
    cells = [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def each(key: str, *values: str) -> dict[str, tuple]:
        """Return what belongs to each code of a dimension, in order."""
        return {cell[key]: tuple(cell[name] for name in values) for cell in cells}

    regions = each("region_key", f"region_{language}", "region_level")
    years = each("year_text", f"break_{language}", f"provenance_{language}")
    measures = each("measure_code", f"measure_{language}", f"unit_{language}")
    ((series_name,),) = connection.execute(
        f"select name_{language} from marts.dim_series where series_code = ?",
        [series],
    ).fetchall()
    statuses = connection.execute(
        f"select obs_status, name_{language} from marts.dim_obs_status order by all"
    ).fetchall()
    values = [cell["per_1000"] for cell in cells]
    status = [cell["obs_status"] for cell in cells]
    notes = [cell[f"note_{language}"] for cell in cells]
    release = catalog.release
    return {
        "version": "2.0",
        "class": "dataset",
        "label": words["label"].format(series=series_name),
        "source": words["source"].format(version=release.version),
        # A draft has no date.
        **({"updated": release.date.isoformat()} if release.date else {}),
        "note": [
            words["definition"],
            *(made_up for _, made_up in years.values() if made_up),
        ],
        "id": ["region", "year", "measure"],
        "size": [len(regions), len(years), len(measures)],
        "role": {"time": ["year"], "geo": ["region"], "metric": ["measure"]},
        "dimension": {
            "region": {
                "label": words["region"],
                "category": categories(
                    {key: name for key, (name, _) in regions.items()}
                ),
                "extension": {
                    "level": {key: level for key, (_, level) in regions.items()}
                },
            },
            "year": {
                "label": words["year"],
                "category": categories({year: year for year in years})
                | {"note": {year: [note] for year, (note, _) in years.items() if note}},
            },
            "measure": {
                "label": words["measure"],
                "category": categories(
                    {code: name for code, (name, _) in measures.items()}
                )
                | {
                    "unit": {
                        code: {"label": unit, "decimals": 2}
                        for code, (_, unit) in measures.items()
                    }
                },
            },
        },
        # Two decimals are exact in the text of a number.
        "value": [None if value is None else float(value) for value in values],
        "status": {str(n): code for n, code in enumerate(status) if code},
        "extension": {
            "series": series,
            "release": release.version,
            "statuses": dict(statuses),
            "notes": {str(n): note for n, note in enumerate(notes) if note},
        },
    }


def categories(labels: dict[str, str]) -> dict[str, Any]:
    """Return the categories of a dimension, in order, with their labels."""
    return {"index": list(labels), "label": labels}
