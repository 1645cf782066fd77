"""Texts of a group are put together in order, also for very many groups."""

from pathlib import Path

import duckdb
import pytest

from running import compiled_macros

MACROS = [
    "{{ joined_text('part', '; ') }}",
    "{{ joined_text('part', '; ', 'place') }}",
    "{{ joined_text('part', '; ', 'place desc, part') }}",
]
# An empty text is a text, a missing one is not.
PARTS = [("b", 3), ("å", 1), (None, 2), ("", 4), ("Z", 5), ("a", 6), ("aa", 7)]
EXPECTED = ["; Z; a; aa; b; å", "å; b; ; Z; a; aa", "aa; a; Z; ; b; å"]


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Each kind of order, as dbt compiles it."""
    return compiled_macros(MACROS, tmp_path_factory.mktemp("joined"))


@pytest.mark.parametrize("kind", range(len(MACROS)), ids=["text", "column", "more"])
def test_texts_stand_in_their_order(joined: list[str], kind: int) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table parts (part text, place integer)")
        connection.executemany("insert into parts values (?, ?)", PARTS)
        query = f"select {joined[kind]} from parts"
        assert connection.execute(query).fetchone() == (EXPECTED[kind],)
        query = f"select {joined[kind]} from parts where part is null group by place"
        assert connection.execute(query).fetchall() == [(None,)]


@pytest.mark.parametrize("kind", [0, 1], ids=["text", "column"])
def test_texts_of_many_groups_fit_in_little_memory(
    joined: list[str], kind: int, tmp_path: Path
) -> None:
    """An ordered aggregate puts 32 KiB aside for every group of more than 16 texts."""
    with duckdb.connect(
        config={"memory_limit": "400MB", "threads": 2, "temp_directory": str(tmp_path)}
    ) as connection:
        (n, shortest) = connection.execute(
            f"""select count(*), min(length(joined)) from (
                select {joined[kind]} as joined from (
                    select i // 20 as part_of, i % 20 as place, 'cell ' || i as part
                    from range(1000000) as numbers (i)
                ) group by part_of
            )"""
        ).fetchone()
    # The first group: ten texts of six letters, ten of seven, nineteen separators.
    assert (n, shortest) == (50_000, 10 * 6 + 10 * 7 + 19 * 2)
