"""Find a reporting unit by its code or its name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from arsverk.working_file import NotThereError

SHOWN = 5


def compared(name: str) -> str:
    """Return a name as it is compared: the same for Tromsø, tromsø and TROMSO."""
    plain = name.casefold().translate(str.maketrans("æøåđŋŧ", "aoadnt"))
    letters = unicodedata.normalize("NFKD", plain)
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    return " ".join(word for word in words if word not in ("kommune", "bydel"))


def find_unit(wanted: str, units: Iterable[tuple[str, str]], year: int) -> str:
    """Return the code of a unit, given by its code or its name.

    Args:
        wanted: what somebody typed.
        units: code and name of each unit of the year.
        year: the year, for the message.

    Raises:
        NotThereError: there is none, or there are several; the message names those
            that come nearest.
    """
    units = sorted(units)
    asked = compared(wanted)
    found = [u for u in units if wanted.strip() == u[0]] or [
        u for u in units if asked and compared(u[1]) == asked
    ]
    if len(found) == 1:
        return found[0][0]
    near = ", ".join(f"{code} {name}" for code, name in found or nearest(asked, units))
    if found:
        raise NotThereError.of("told.name_several_units_give", wanted=wanted, near=near)
    key = "told.no_unit_like" if near else "told.no_unit"
    raise NotThereError.of(key, wanted=wanted, n=len(units), year=year, near=near)


def nearest(asked: str, units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the units whose name or code is most like what was asked for."""
    keys = {key: unit for unit in units for key in (unit[0], compared(unit[1]))}
    begin = [key for key in keys if len(asked) > 1 and key.startswith(asked)]
    alike = difflib.get_close_matches(asked, keys, n=SHOWN, cutoff=0.7)
    return list(dict.fromkeys(keys[key] for key in [*begin, *alike]))[:SHOWN]
