"""Why a form is refused.

Each message names the sheet and the cell, what was found there and what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arsverk.wording import say


def shown(text: str, most: int = 80) -> str:
    """Return a text from a file as it may stand in a message."""
    one_line = re.sub(r"\s+", " ", text)
    seen = "".join(c if c.isprintable() else "\ufffd" for c in one_line)
    return seen if len(seen) <= most else f"{seen[:most]}…"


@dataclass(frozen=True)
class Problem:
    """Why a file is refused: one thing, in one place."""

    code: str
    found: str = ""
    sheet: str = ""
    cell: str = ""
    expected: str = ""

    def message(self, language: str) -> str:
        """Return the problem in words."""
        where = shown(self.sheet) + (f"!{self.cell}" if self.cell else "")
        return say(
            f"refused.{self.code}",
            language,
            where=where or "–",
            found=shown(self.found) or "–",
            expected=shown(self.expected),
        )
