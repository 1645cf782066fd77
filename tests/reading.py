"""Reads what is published in a loop, as a program does, until told to stop.

    python reading.py duckdb|files ROOT STOP

Prints how often it read and which releases it saw; stops at the first thing that is
not of one release, or cannot be read.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import duckdb


def read_duckdb(published: Path) -> tuple[str, set[int]]:
    """Open the DuckDB file by its published path."""
    with duckdb.connect(str(published / "arsverk.duckdb"), read_only=True) as file:
        (version,) = file.execute(
            "select max_by(release_version, release_number) from marts.dim_release"
        ).fetchone()
        numbers = file.execute(
            """select n_municipalities from marts.fct_indicator
            union select expected from marts.fct_collection_status"""
        ).fetchall()
        assert file.execute("select count(*) > 0 from labelled.indicator").fetchone()
    return version, {number for (number,) in numbers}


def read_files(published: Path) -> tuple[str, set[int]]:
    """Read several files, after resolving the link once."""
    folder = Path(os.path.realpath(published))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"][:5]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    numbers = duckdb.execute(
        f"""select n_municipalities from '{folder}/parquet/fct_indicator.parquet'
        union select expected from '{folder}/csv/fct_collection_status.csv'"""
    ).fetchall()
    return package["version"], {number for (number,) in numbers}


def main() -> int:
    """Read until told to stop; return the exit code."""
    read = {"duckdb": read_duckdb, "files": read_files}[sys.argv[1]]
    root, stop = Path(sys.argv[2]), Path(sys.argv[3])
    n_reads, seen = 0, set()
    while not stop.exists():
        version, numbers = read(root / "published")
        # Releases are called v1, v2, …, and marked with that number.
        assert numbers == {int(version[1:])}, (version, numbers)
        n_reads += 1
        seen.add(version)
        time.sleep(0.5)
    print(json.dumps({"n_reads": n_reads, "seen": sorted(seen)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
