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

WORDS = {
    "nb": {
        "label": "Årsverk i psykisk helse- og rusarbeid i kommunene, {series}",
        "region": "region",
        "year": "år",
        "measure": "mål",
        "source": "arsverk, utgave {version}. Befolkning: Statistisk sentralbyrå.",
        "definition": "Årsverk delt på innbyggere 1. januar, ganget med 1 000. Tall "
        "fra de to seriene kan ikke sammenlignes. Det finnes ikke noe måltall.",
    },
    "en": {
        "label": "Person-years in municipal mental-health and substance-use work, "
        "{series}",
        "region": "region",
        "year": "year",
        "measure": "measure",
        "source": "arsverk, release {version}. Population: Statistics Norway.",
        "definition": "Person-years divided by inhabitants on 1 January, times 1,000. "
        "Figures of the two series cannot be compared. There is no target.",
    },
}


def write_json_stat(
    folder: Path, connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> None:
    """Write a file for each series that has figures and each language."""
    folder.mkdir()
    for (series,) in connection.execute(
        """select series_code from marts.dim_series
        where series_code in (select series_code from marts.fct_indicator)
        order by series_code"""
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
    regions = connection.execute(
        f"""select region_key, name_{language}, region_level
        from marts.dim_region
        where region_key in (
            select region_key from marts.fct_indicator where series_code = $1
        )
        order by region_key""",
        [series],
    ).fetchall()
    years = connection.execute(
        f"""select cast(year as varchar), break_{language}, provenance_{language}
        from marts.dim_year
        where year in (select year from marts.fct_indicator where series_code = $1)
        order by year""",
        [series],
    ).fetchall()
    measures = connection.execute(
        f"""select measure_code, name_{language}, unit_{language}
        from marts.dim_measure where series_code = $1 order by sort_order""",
        [series],
    ).fetchall()
    cells = connection.execute(
        f"""select
            cells.per_1000,
            cells.obs_status,
            coalesce(
                cells.not_displayed_reason_{language},
                case when cells.obs_status != 'A'
                    then statuses.description_{language} end
            )
        from (select region_key from marts.dim_region where region_key in (
            select region_key from marts.fct_indicator where series_code = $1
        )) as regions
        cross join (select year from marts.dim_year where year in (
            select year from marts.fct_indicator where series_code = $1
        )) as years
        cross join (select measure_code, measure_key, sort_order
            from marts.dim_measure where series_code = $1
        ) as measures
        left join marts.fct_indicator as cells
            on cells.region_key = regions.region_key
            and cells.year = years.year
            and cells.measure_key = measures.measure_key
        left join marts.dim_obs_status as statuses
            on cells.obs_status = statuses.obs_status
        order by regions.region_key, years.year, measures.sort_order""",
        [series],
    ).fetchall()
    ((series_name,),) = connection.execute(
        f"select name_{language} from marts.dim_series where series_code = $1",
        [series],
    ).fetchall()
    statuses = connection.execute(
        f"select obs_status, name_{language} from marts.dim_obs_status order by all"
    ).fetchall()
    release = catalog.release
    return {
        "version": "2.0",
        "class": "dataset",
        "label": words["label"].format(series=series_name),
        "source": words["source"].format(version=release.version),
        # A draft has no date.
        **({"updated": release.date.isoformat()} if release.date else {}),
        "note": [words["definition"], *(made_up for _, _, made_up in years if made_up)],
        "id": ["region", "year", "measure"],
        "size": [len(regions), len(years), len(measures)],
        "role": {"time": ["year"], "geo": ["region"], "metric": ["measure"]},
        "dimension": {
            "region": {
                "label": words["region"],
                "category": categories((key, name) for key, name, _ in regions),
                "extension": {"level": {key: level for key, _, level in regions}},
            },
            "year": {
                "label": words["year"],
                "category": categories((year, year) for year, _, _ in years)
                | {"note": {year: [note] for year, note, _ in years if note}},
            },
            "measure": {
                "label": words["measure"],
                "category": categories((code, name) for code, name, _ in measures)
                | {
                    "unit": {
                        code: {"label": unit, "decimals": 2}
                        for code, _, unit in measures
                    }
                },
            },
        },
        # Two decimals are exact in the text of a number.
        "value": [None if value is None else float(value) for value, _, _ in cells],
        "status": {str(n): status for n, (_, status, _) in enumerate(cells) if status},
        "extension": {
            "series": series,
            "release": release.version,
            "statuses": dict(statuses),
            "notes": {str(n): note for n, (_, _, note) in enumerate(cells) if note},
        },
    }


def categories(pairs: Any) -> dict[str, Any]:
    """Return the categories of a dimension, in order, with their labels."""
    labels = dict(pairs)
    return {"index": list(labels), "label": labels}
