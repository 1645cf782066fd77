"""Print a year's result in words.

    make words YEAR=2023       (or: python -m arsverk.headline --year 2023)

The sentences come from the mart ``fct_sentence``: nothing is computed here.
"""

from __future__ import annotations

import sys

from arsverk.typed import Parser, add_language
from arsverk.working_file import Marts, path_of_working_file, report


def headline(marts: Marts, year: int | None = None, language: str = "nb") -> None:
    """Print a year's sentences, one a line, and where the file is."""
    sentences = marts.rows(
        f"""select section, text_{language} as text from marts.fct_sentence
        where year = ? order by sort_order""",
        marts.year(year)["year"],
    )
    section = None
    for row in sentences:
        if row["section"] != section:
            section = row["section"]
            print()
        print(row["text"])
    print(f"\n{path_of_working_file().resolve()}")


def main(arguments: list[str] | None = None) -> int:
    """Print the sentences of a year; return the exit code."""
    parser = Parser(description="A year's result in words.")
    parser.add_argument("--year", type=int, help="default: the newest")
    add_language(parser)
    options = parser.parse_args(arguments)
    return report(
        lambda marts: headline(marts, options.year, options.language), options.language
    )


if __name__ == "__main__":
    sys.exit(main())
