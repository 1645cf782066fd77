"""Print the newest year's result in words, after a build.

The sentences come from the mart ``fct_sentence``: nothing is computed here.
"""

import sys

from arsverk.working_file import Marts, path_of_working_file, report


def headline(marts: Marts) -> None:
    """Print the newest year's sentences, one a line, and where the file is."""
    year = marts.year(None)["year"]
    sentences = marts.rows(
        "select text_nb from marts.fct_sentence where year = ? order by sort_order",
        year,
    )
    print("", *(row["text_nb"] for row in sentences), sep="\n")
    print(f"\n{path_of_working_file().resolve()}")


if __name__ == "__main__":
    sys.exit(report(headline))
