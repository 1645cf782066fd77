"""Numbers, dates and texts as people read them; nothing is rounded or computed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

LANGUAGES = ("nb", "en")
# Narrow and without a break.
THIN_SPACE = "\u202f"

# Control characters, and those that turn the direction of the text around them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(value: object) -> object:
    """Return a text in which nothing is hidden: what cannot be seen is a sign.

    The thin space between thousands becomes the one at which no line is broken.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _visible(value)
    return value


@lru_cache(2**16)
def _visible(text: str) -> str:
    """Replace what cannot be seen; most texts stand on pages many times."""
    return UNSEEN.sub("\ufffd", text).replace("\u2009", THIN_SPACE)


def number(value: Decimal | int | None, language: str, decimals: int = 0) -> str:
    """Return a figure as people write it, with at least so many decimals.

    Norwegian has a decimal comma and a thin space between thousands. An empty figure
    is a dash. Nothing is rounded: that is done where the figure is made.
    """
    return "–" if value is None else _number(str(value), language, decimals)


@lru_cache(2**16)
def _number(value: str, language: str, decimals: int) -> str:
    """Format a figure; most stand on pages many times."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(
        Decimal(value), pattern, locale=language, decimal_quantization=False
    )
    return text.replace("\u00a0", THIN_SPACE) if language == "nb" else text


def day(value: date, language: str) -> str:
    """Return a date with the name of its month."""
    pattern = "d. MMMM y" if language == "nb" else "d MMMM y"
    return format_date(value, pattern, locale=language)


def years(values: list[int]) -> str:
    """Return years as spans: 2015–2023, 2025."""
    spans: list[list[int]] = []
    for year in sorted(set(values)):
        if spans and year == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], year]
        else:
            spans.append([year])
    return ", ".join("–".join(map(str, span)) for span in spans)
