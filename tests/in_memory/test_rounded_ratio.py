"""Figures are divided exactly, whatever their size: held against fractions."""

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from running import compiled_macros

# Multiplier and decimals, as the models use them.
KINDS = [(1, 8), (100, 0), (100, 1), (100, 6), (100, 8), (1000, 2), (1000, 12)]
UNIT = Decimal("0.00000001")
# Above the 18 digits of a figure there is none.
LARGEST = 10**18


def pairs() -> list[tuple[Decimal, Decimal]]:
    """Return numerators and denominators: near a half, and of every size."""
    drawn = random.Random(14)
    found = []
    for _ in range(1000):
        denominator = Decimal(drawn.randrange(1, 10 ** drawn.randrange(1, 11)))
        if drawn.random() < 0.5:
            denominator = drawn.randrange(1, 10 ** drawn.randrange(1, 15)) * UNIT
        # Half a unit of some decimal, and one step of the eighth to both sides.
        halves = drawn.randrange(10 ** drawn.randrange(1, 10)) * 2 + 1
        half = denominator * halves / 2 / 10 ** drawn.randrange(12)
        half = half.quantize(UNIT)
        numerator = drawn.randrange(10 ** drawn.randrange(1, 19)) * UNIT
        for n in (half - UNIT, half, half + UNIT, numerator, -half, -numerator):
            if abs(n) < 10**10:
                found.append((n, denominator))
    return found


def rounded(ratio: Fraction, decimals: int) -> Decimal:
    """Round half away from zero."""
    units = int(abs(ratio) * 10**decimals + Fraction(1, 2))
    return Decimal(units if ratio >= 0 else -units).scaleb(-decimals)


@pytest.fixture(scope="module")
def ratios(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Each kind of ratio, as dbt compiles it."""
    macros = [
        f"{{{{ rounded_ratio('n', 'd', {multiplier}, {decimals}) }}}}"
        for multiplier, decimals in KINDS
    ]
    return compiled_macros(macros, tmp_path_factory.mktemp("ratios"))


def test_r14_a_ratio_is_rounded_once_half_away_from_zero(
    ratios: list[str], tmp_path: Path
) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table drawn (n decimal(18, 8), d decimal(18, 8))")
        (tmp_path / "drawn.csv").write_text(
            "".join(f"{n},{d}\n" for n, d in pairs()), encoding="utf-8"
        )
        connection.execute(f"copy drawn from '{tmp_path}/drawn.csv'")
        rows = connection.execute("select n, d from drawn").fetchall()
        for (multiplier, decimals), sql in zip(KINDS, ratios, strict=True):
            expected = {
                (n, d): rounded(multiplier * Fraction(n) / Fraction(d), decimals)
                for n, d in rows
            }
            fit = {
                pair: figure
                for pair, figure in expected.items()
                if abs(figure).scaleb(decimals) < LARGEST
            }
            largest = Decimal(LARGEST).scaleb(-decimals)
            found = connection.execute(
                f"""select n, d, {sql} from drawn
                where abs(n::double) * {multiplier} / d::double < {largest} * 0.999"""
            ).fetchall()
            assert len(found) > len(rows) / 3
            wrong = [(n, d, r, fit[n, d]) for n, d, r in found if r != fit[n, d]]
            assert not wrong, (multiplier, decimals, len(wrong), wrong[:3])
            sizes = [abs(r).scaleb(decimals) for *_, r in found]
            # Also longer ones than a number in floating point holds.
            assert min(sizes) < 10
            assert decimals < 6 or max(sizes) > 2**53


def test_r14_there_is_no_ratio_to_nothing(ratios: list[str]) -> None:
    for sql in ratios:
        assert (
            duckdb.sql(
                f"""select {sql} from (values
                (5::decimal(18, 8), 0::decimal(18, 8)), (5, null), (null, 5)
            ) as given (n, d)"""
            ).fetchall()
            == [(None,)] * 3
        )


def test_r14_a_figure_is_rounded_half_away_from_zero(tmp_path: Path) -> None:
    decimals = [0, 1, 2, 4]
    macros = [f"{{{{ rounded_figure('n', {k}) }}}}" for k in decimals]
    with duckdb.connect() as connection:
        (tmp_path / "drawn.csv").write_text(
            "".join(f"{n}\n" for n, _ in pairs()), encoding="utf-8"
        )
        connection.execute("create table drawn (n decimal(18, 8))")
        connection.execute(f"copy drawn from '{tmp_path}/drawn.csv'")
        for k, sql in zip(decimals, compiled_macros(macros, tmp_path), strict=True):
            found = connection.execute(f"select n, {sql} from drawn").fetchall()
            assert len(found) > 2_500
            wrong = [(n, r) for n, r in found if r != rounded(Fraction(n), k)]
            assert not wrong, (k, len(wrong), wrong[:3])
