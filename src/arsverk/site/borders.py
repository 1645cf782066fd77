"""Borders as the maps draw them: projected, on a grid of whole numbers."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from importlib.resources import files

from pyproj import Transformer

# The map projection of Norway's public maps: ETRS89 / UTM zone 33.
PROJECTION = 25833
WIDTH = 2000


@dataclass(frozen=True)
class Borders:
    """The outlines of regions, by code, in a box of a width and a height."""

    width: int
    height: int
    paths: dict[str, str]


def read_borders(level: str, structure_year: int) -> Borders | None:
    """Return the borders of a structure year, or nothing where there are none.

    Args:
        level: ``municipality`` or ``county``.
        structure_year: the year whose municipalities the series is given on.
    """
    plural = {"municipality": "municipalities", "county": "counties"}[level]
    file = files("arsverk.site") / "borders" / f"{plural}_{structure_year}.geojson"
    if not file.is_file():
        return None
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    project = Transformer.from_crs(4326, PROJECTION, always_xy=True).transform
    rings = {
        feature["properties"][f"{level}_code"]: [
            list(zip(*project(*zip(*ring, strict=True)), strict=True))
            for polygon in polygons(feature["geometry"])
            for ring in polygon
        ]
        for feature in features
    }
    points = [point for some in rings.values() for ring in some for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    scale = WIDTH / (right - left)
    paths = {
        code: "".join(
            outline(
                [(round((x - left) * scale), round((top - y) * scale)) for x, y in r]
            )
            for r in some
        )
        for code, some in rings.items()
    }
    return Borders(WIDTH, round((top - bottom) * scale), paths)


def polygons(geometry: dict) -> list:
    """Return the polygons of a geometry."""
    single = geometry["type"] == "Polygon"
    return [geometry["coordinates"]] if single else geometry["coordinates"]


def outline(points: list[tuple[int, int]]) -> str:
    """Return a closed line as an SVG path of relative steps."""
    steps = [
        (x - x0, y - y0)
        for (x0, y0), (x, y) in itertools.pairwise(points)
        if (x, y) != (x0, y0)
    ]
    # An islet that the grid has swallowed keeps a dot.
    steps = steps or [(2, 0), (0, 2), (-2, 0)]
    x, y = points[0]
    return f"M{x} {y}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z"
