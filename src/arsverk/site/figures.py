"""Charts and maps as shapes: where things stand in a drawing, not what they mean.

Every figure has a title that says the finding, a table with the same figures, and a
drawing that the templates turn into SVG. Lengths are in the drawing's own units: it is
400 wide and scales with the page.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from arsverk.site.borders import Borders

WIDTH = 400
# Shades of one colour: more is darker, and neither is better.
COLOURS = {
    "own": "#1f669f",
    "second": "#c98a1b",
    "group": "#6b4f8f",
    "county": "#9a86bd",
    "country": "#5b6673",
}
# What tells lines apart without their colours.
DASHES = {"own": None, "group": "7 5", "country": "2 5"}
SHADES = ("#e3edf7", "#bcd5ec", "#86b4dc", "#4d8ec6", "#1f669f", "#0b3f6c")
UNKNOWN = "#bcbcb6"
CLASSES = (Decimal(2), Decimal(3), Decimal(4), Decimal(5), Decimal(7))


@dataclass(frozen=True)
class Cell:
    """A cell of a table: a text, and where it leads to."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Table:
    """A table for people; the first columns hold text, the others figures."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    n_text: int = 1
    # How many of the last rows are sums.
    n_sums: int = 0
    # Whether the first column is short, a year for instance.
    is_narrow: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart or map with its title, its table and what there is to note."""

    name: str
    title: str
    kind: str
    # What kind of drawing it is, in words: the first part of its text alternative.
    alternative: str
    drawing: object
    table: Table
    notes: Sequence[Cell | str] = ()
    # A long table is folded away until somebody asks for it.
    folded: bool = False


@dataclass(frozen=True)
class Segment:
    """A part of a bar."""

    x: float
    width: float
    style: str


@dataclass(frozen=True)
class Bar:
    """A bar with its label above and its figure behind."""

    # In as many lines as it needs.
    label: list[str]
    text: str
    # Where its first line begins, and where the bar does.
    y: float
    top: float
    end: float
    segments: list[Segment]


@dataclass(frozen=True)
class Key:
    """A line of a legend."""

    label: str
    style: str
    x: float
    y: float


@dataclass(frozen=True)
class Bars:
    """Bars one below another."""

    height: float
    bars: list[Bar]
    keys: list[Key]
    # A line across all bars: where it stands and what it says.
    line: tuple[float, str] | None = None
    width: int = WIDTH

    def place_of_text(self, bar: Bar) -> tuple[float, str]:
        """Return where a bar's figure stands: clear of a line across all bars."""
        return (WIDTH, "end") if self.line else (bar.end + 6, "start")


ROW = 42
# How much of a label has room on a line, and how high a line is.
LABEL, LINE = 52, 17
# Room for the figure behind the longest bar.
LENGTH = 330


def bars(
    rows: Sequence[tuple[str, Sequence[Decimal | None], str, Sequence[str]]],
    keys: Sequence[tuple[str, str]] = (),
    line: tuple[Decimal, str] | None = None,
    largest: Decimal | None = None,
) -> Bars:
    """Return bars for rows of label, values, text and styles.

    Args:
        rows: a label, the values of the bar's segments, the figure as text, and the
            style of each segment.
        keys: labels and styles of the legend.
        line: a value to compare with, and its label.
        largest: what a whole length stands for; by default the largest sum.
    """
    sums = [
        sum((v or Decimal(0) for v in values), Decimal(0)) for _, values, _, _ in rows
    ]
    longest = float(
        max([largest or Decimal(0), line[0] if line else Decimal(0), *sums])
    )
    scale = LENGTH / longest if longest else 0.0
    top = 24 * len(keys) + (22 if line else 0)
    found = []
    y = float(top)
    for label, values, text, styles in rows:
        x = 0.0
        wrapped = textwrap.wrap(label, LABEL) or [""]
        bar_top = y + 20 + LINE * (len(wrapped) - 1)
        segments = []
        for value, style in zip(values, styles, strict=True):
            length = float(value or 0) * scale
            segments.append(Segment(round(x, 1), round(length, 1), style))
            x += length
        found.append(Bar(wrapped, text, y, bar_top, round(x, 1), segments))
        y = bar_top + ROW - 20
    return Bars(
        height=y,
        bars=found,
        keys=[Key(label, style, 0, n * 24) for n, (label, style) in enumerate(keys)],
        line=(round(float(line[0]) * scale, 1), line[1]) if line else None,
    )


@dataclass(frozen=True)
class Line:
    """A line of a chart: its pieces, and the points that stand alone or last."""

    style: str
    pieces: list[str]
    # Where, and whether the point is open.
    points: list[tuple[float, float, bool]]


@dataclass(frozen=True)
class Lines:
    """Lines over the years, the series in panels of their own."""

    height: float
    lines: list[Line]
    keys: list[Key]
    ticks: list[tuple[float, str]]
    years: list[tuple[float, str]]
    # Left and right end of each panel.
    panels: list[tuple[float, float]]
    # The strips between the panels, where the series break.
    breaks: list[tuple[float, float]]
    # Breaks inside a series.
    marks: list[float]
    top: float
    bottom: float
    width: int = WIDTH


@dataclass
class Points:
    """The values of one line, by year."""

    label: str
    style: str
    values: dict[int, Decimal | None] = field(default_factory=dict)
    # The years whose points are drawn open.
    hollow: set[int] = field(default_factory=set)


LEFT, RIGHT, PLOT = 42, 385, 200
GAP = 44


def lines(
    series: Sequence[Sequence[int]],
    rows: Sequence[Points],
    tick: Callable[[Decimal], str],
    marked: Sequence[int] = (),
) -> Lines:
    """Return lines over years; years of different series are never joined.

    Args:
        series: the years of each series, the oldest first.
        rows: what is drawn, the most important first.
        tick: what writes a tick of the axis.
        marked: years that are breaks inside a series.
    """
    steps = sum(max(len(years) - 1, 1) for years in series)
    step = (RIGHT - LEFT - GAP * (len(series) - 1)) / steps
    place: dict[int, float] = {}
    panels, breaks = [], []
    x = float(LEFT)
    for n, years in enumerate(series):
        if n:
            breaks.append((round(x, 1), GAP))
            x += GAP
        start = x
        # A lone year stands in the middle of its panel.
        offset = step / 2 if len(years) == 1 else 0.0
        for i, year in enumerate(years):
            place[year] = round(start + offset + i * step, 1)
        x = start + max(len(years) - 1, 1) * step
        panels.append((round(start, 1), round(x, 1)))
    values = [v for row in rows for v in row.values.values() if v is not None]
    size, n_ticks = axis(float(max(values, default=Decimal(1))))
    top = 22.0 * len(rows) + 12
    bottom = top + PLOT

    def height(value: Decimal | float) -> float:
        return round(bottom - float(value) / (size * n_ticks) * PLOT, 1)

    drawn = []
    for row in rows:
        pieces, points = [], []
        for years in series:
            piece: list[tuple[float, float, bool]] = []
            for year in [*years, None]:
                value = row.values.get(year) if year is not None else None
                if value is not None:
                    piece.append((place[year], height(value), year in row.hollow))
                elif piece:
                    pieces.append("M" + "L".join(f"{px} {py}" for px, py, _ in piece))
                    points += piece if row.style == "own" else [piece[-1]]
                    piece = []
        drawn.append(Line(row.style, pieces, points))
    return Lines(
        height=bottom + 34,
        lines=drawn[::-1],
        keys=[Key(row.label, row.style, 0, n * 22) for n, row in enumerate(rows)],
        ticks=[
            (height(size * n), tick(Decimal(str(round(size * n, 2)))))
            for n in range(n_ticks + 1)
        ],
        years=[
            (place[year], str(year))
            for years in series
            for year in labelled(list(years), marked)
        ],
        panels=panels,
        breaks=breaks,
        marks=[place[year] for year in marked if year in place],
        top=top,
        bottom=bottom,
    )


def labelled(years: list[int], marked: Sequence[int] = ()) -> list[int]:
    """Return the years of a panel that have room for a label."""
    if len(years) <= 2:
        return years
    middle = [year for year in marked if year in years[1:-1]]
    return [years[0], *(middle or [years[len(years) // 2]])[:1], years[-1]]


def axis(largest: float) -> tuple[float, int]:
    """Return the distance of an axis' ticks, and their number above zero."""
    if largest <= 0:
        return 1.0, 1
    raw = largest / 4
    power = 10 ** math.floor(math.log10(raw))
    size = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw - 1e-12)
    return size, max(1, math.ceil(largest / size - 1e-9))


@dataclass(frozen=True)
class Shape:
    """A region on a map."""

    path: str
    fill: str
    title: str
    href: str | None


@dataclass(frozen=True)
class Map:
    """A map in shades, with its legend."""

    width: int
    height: int
    shapes: list[Shape]
    keys: list[tuple[str, str]]


def shade(value: Decimal | None) -> str:
    """Return the shade of a value; classes are read from what is shown."""
    if value is None:
        return UNKNOWN
    return SHADES[sum(value >= limit for limit in CLASSES)]


def map_of(
    borders: Borders,
    values: dict[str, tuple[Decimal | None, str, str | None]],
    keys: Sequence[str],
    unknown: str,
) -> Map:
    """Return a map of regions in shades.

    Args:
        borders: outlines by code.
        values: by code a value, what a pointer is told, and the region's page.
        keys: a label for each shade.
        unknown: the label of what has no value.
    """
    shapes = [
        Shape(path, shade(values[code][0]), values[code][1], values[code][2])
        for code, path in borders.paths.items()
        if code in values
    ]
    legend = [*zip(SHADES, keys, strict=True), (UNKNOWN, unknown)]
    return Map(borders.width, borders.height, shapes, legend)
