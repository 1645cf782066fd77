"""What the interface says: a catalogue of messages for each language.

Words stand in ``locale/nb.po`` and ``locale/en.po``, under the same keys: files that
translators' editors open. What the marts say stands in seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("nb", "en")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return all messages of a language, by their keys."""
    path = files("arsverk") / "locale" / f"{language}.po"
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, language) if m.id}


def say(key: str, language: str, **values: object) -> str:
    """Return a message with its values filled in."""
    return catalogue(language)[key].format(**values)


def section(prefix: str) -> dict[str, dict[str, str]]:
    """Return the messages whose keys begin alike, by language and rest of the key."""
    start = f"{prefix}."
    return {
        language: {
            key.removeprefix(start): text
            for key, text in catalogue(language).items()
            if key.startswith(start)
        }
        for language in LANGUAGES
    }
