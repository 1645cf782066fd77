"""The small parts that pages are made of."""

from datetime import date
from decimal import Decimal

from arsverk.site.edition import relative
from arsverk.site.figures import Points, axis, bars, lines, shade
from arsverk.site.words import day, number, years
from sites import NARROW


def test_numbers_dates_and_years_are_written_as_people_do() -> None:
    assert number(Decimal("12345.60"), "nb", 1) == f"12{NARROW}345,6"
    assert number(Decimal("12345.60"), "en", 1) == "12,345.6"
    assert number(1250, "nb") == f"1{NARROW}250"
    assert number(Decimal("3.4866123"), "nb", 1) == "3,4866123"
    assert number(None, "nb") == "–"
    assert day(date(2026, 5, 2), "nb") == "2. mai 2026"
    assert day(date(2026, 5, 2), "en") == "2 May 2026"
    assert years([2015, 2016, 2017, 2020, 2024, 2025]) == "2015–2017, 2020, 2024–2025"


def test_links_are_relative_to_the_page() -> None:
    assert relative("index.html", "kommune/4601.html") == "kommune/4601.html"
    assert relative("en/county/46.html", "fylke/46.html") == "../../fylke/46.html"
    assert relative("fylke/46.html", "kvalitet.html#a") == "../kvalitet.html#a"
    assert relative("fylke/46.html", "#a") == "#a"


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    drawing = bars(
        [
            ("A", [Decimal(3), Decimal(1)], "4", ["own", "second"]),
            ("B", [Decimal(2), None], "2", ["own", "second"]),
        ]
    )
    first, second = drawing.bars
    assert [(s.x, s.width) for s in first.segments] == [(0, 247.5), (247.5, 82.5)]
    assert [(s.x, s.width) for s in second.segments] == [(0, 165), (165, 0)]
    assert (first.end, second.end) == (330, 165)
    # A long label has lines of its own, and the next bar stands below it.
    long = bars(
        [("word " * 15, [Decimal(1)], "1", ["own"]), ("B", [None], "", ["own"])]
    )
    assert len(long.bars[0].label) == 2
    assert long.bars[0].top == long.bars[0].y + 37
    assert long.bars[1].y == long.bars[0].top + 22
    # Nothing at all has no length, and is no error.
    assert bars([("A", [Decimal(0)], "0", ["own"])]).bars[0].end == 0


def test_a_line_stands_at_the_height_of_its_value_and_stops_where_there_is_none() -> (
    None
):
    rows = [
        Points(
            "A",
            "own",
            {2022: Decimal(1), 2023: Decimal(4), 2024: None, 2025: Decimal(2)},
        )
    ]
    drawing = lines([[2022, 2023], [2024, 2025]], rows, str)
    assert len(drawing.lines[0].pieces) == 2
    heights = [y for _, y, _ in drawing.lines[0].points]
    # The axis goes to 4: from the bottom a quarter, all of it, a half.
    plot = drawing.bottom - drawing.top
    assert heights == [drawing.bottom - plot * part for part in (0.25, 1.0, 0.5)]
    assert [label for _, label in drawing.years] == ["2022", "2023", "2024", "2025"]


def test_an_axis_has_round_steps_up_to_the_largest_value() -> None:
    assert axis(3.2) == (1.0, 4)
    assert axis(17.8) == (5.0, 4)
    assert axis(0.35) == (0.1, 4)
    assert axis(0) == (1.0, 1)


def test_a_shade_is_that_of_the_class_the_shown_value_is_in() -> None:
    shades = [
        shade(Decimal(text)) for text in ("1.9", "2.0", "2.9", "3.0", "6.9", "7.0")
    ]
    assert shades[0] != shades[1] == shades[2] != shades[3]
    assert shades[4] != shades[5]
    assert shade(None) not in shades
