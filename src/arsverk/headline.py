"""Print the newest year's result in words, after a build.

The sentences come from the mart ``fct_sentence``: nothing is computed here.
"""

import os
import sys
from pathlib import Path

import duckdb


def working_file() -> Path:
    """Return the path of the DuckDB file that ``dbt build`` wrote."""
    return Path(os.environ.get("ARSVERK_DUCKDB", "target/arsverk.duckdb"))


def headline(path: Path) -> str:
    """Return the newest year's sentences, one a line.

    Args:
        path: DuckDB file with the marts.

    Raises:
        duckdb.Error: the file is missing, locked or has no marts.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        sentences = connection.execute(
            """
            select text_nb
            from marts.fct_sentence
            where year = (select max(year) from marts.dim_year)
            order by sort_order
            """
        ).fetchall()
    return "\n".join(text for (text,) in sentences)


def main() -> int:
    """Print the headline and where the file is; return the exit code."""
    path = working_file()
    try:
        text = headline(path)
    except duckdb.Error as error:
        print(f"{path} cannot be read: {error}", file=sys.stderr)
        print("Run `make build` first.", file=sys.stderr)
        return 1
    print(f"\n{text}\n\n{path.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
