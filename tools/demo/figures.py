"""The person-years behind the demo submissions, by unit, part, service and education.

2015-2021: chosen inside the rounding interval of each published rate, so that
published rates and national totals come out again. Later years: scaled to
published totals. The services and all finer detail: invented.

Person-years are whole numbers of 10^-8, random figures come from
``Random.random`` alone (the one method that Python promises to keep), and sums
of floats are avoided (their rounding differs between Python versions): so the
same figures come out everywhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

from .plan import (
    ADULTS,
    CHILDREN,
    CHILDREN_TILT,
    HEALTH_STATION,
    NEW_FORM_OTHER,
    NIL_ADULTS_NEW_FORM,
    NIL_CHILDREN,
    NIL_CHILDREN_NEW_FORM,
    PARTS,
    SERVICE_TILT,
    SERVICE_WEIGHTS,
    SILENT,
    SILENT_DISTRICTS_2020,
    SOME_HAVE,
    UNCHANGED_2021,
)

SEED = "arsverk-demo-1"

ONE = 10**8  # one person-year; four decimals x a share of four decimals is exact
TENTH = ONE // 10
FINEST = ONE // 10**4
NEAR = ONE // 20  # sums meet their published integer within this

FIRST_YEAR, LAST_PUBLISHED_RATES, LAST_YEAR = 2015, 2021, 2025
NEW_FORM = 2024
OSLO = "0301"

MEASURES = (  # nested: each is a part of the one before
    "total",
    "health_upper_secondary_or_higher",
    "higher_education",
    "higher_education_with_further_training",
)
OLD_CATEGORIES = 4  # further training, higher, health upper secondary, other
NEW_CATEGORIES = 6  # a, b, c, d, e, and "c, d or e, not told apart"
TILT_OF_NEW = (2, 1, 3, 3, 3)  # the old category whose tilt a, b, c, d and e have

Cells = dict[str, list[int]]  # service -> person-years by education category
State = dict[str, dict[str, Cells]]  # unit -> part -> cells


# --- Small helpers ------------------------------------------------------------


def draw(*key: object) -> Random:
    """A stream of random figures of its own for everything that needs one."""
    return Random(":".join([SEED, *map(str, key)]))


def wobble(rng: Random, per_mille: int) -> int:
    """1000 give or take up to `per_mille`, so as to multiply and divide by 1000."""
    return 1000 - per_mille + int(rng.random() * (2 * per_mille + 1))


def apportion(total: int, weights: list[int]) -> list[int]:
    """Split a whole number by weights, the largest remainders rounded up."""
    weight = sum(weights)
    if total == 0 or weight == 0:
        return [0] * len(weights)
    shares = [total * w // weight for w in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (-(total * weights[i] % weight), i)
    )
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def lowest(test: Callable[[int], bool], low: int, high: int) -> int:
    """The lowest number in low..high that passes a monotone test, else high."""
    while low < high:
        middle = (low + high) // 2
        if test(middle):
            high = middle
        else:
            low = middle + 1
    return low


def cumulated(cells: list[int]) -> list[int]:
    """Total and the three nested sub-measures of the four old categories."""
    further, higher, health, other = cells
    university = further + higher
    return [university + health + other, university + health, university, further]


def by_category(measures: list[int]) -> list[int]:
    """The four old categories from the four nested measures."""
    total, health, higher, further = measures
    return [further, higher - further, health - higher, total - health]


def add_up(cells: Cells) -> list[int]:
    """Person-years by education category over all services."""
    return [sum(column) for column in zip(*cells.values(), strict=True)]


def amount(cells: Cells) -> int:
    """Person-years of a part, all services and educations."""
    return sum(sum(line) for line in cells.values())


def national(state: State, part: str) -> int:
    """Person-years of a part, all units."""
    return sum(amount(parts[part]) for parts in state.values())


# --- Reference data -----------------------------------------------------------


class Reference:
    """What the generator reads: seeds/reference, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.population = {
            (int(row["year"]), row["municipality_code"]): int(row["population"])
            for row in self._rows("population")
        }
        self.population |= {
            (int(row["year"]), row["district_code"]): int(row["population"])
            for row in self._rows("district_population")
        }
        self.districts = sorted(
            row["district_code"]
            for row in self._rows("districts")
            if row["municipality_code"] == OSLO and row["district_kind"] == "district"
        )
        self.names = {
            row["municipality_code"]: row["municipality_name"]
            for row in self._rows("municipalities")
        } | {
            row["district_code"]: row["district_name"]
            for row in self._rows("districts")
        }
        self.county = {
            row["municipality_code"]: row["county_code"]
            for row in self._rows("municipalities")
        }
        self.municipalities = {
            year: sorted(
                row["municipality_code"]
                for row in self._rows("municipalities")
                if int(row["first_year"]) <= year <= int(row["last_year"] or 9999)
            )
            for year in range(FIRST_YEAR, LAST_YEAR + 1)
        }
        self.to_2020: dict[str, dict[str, Fraction]] = {}
        for row in self._rows("municipality_correspondence"):
            if row["structure_year"] == "2020":
                moved = self.to_2020.setdefault(row["municipality_code"], {})
                moved[row["structure_municipality_code"]] = Fraction(row["share"])
        self.predecessors: dict[tuple[int, str], list[tuple[str, Fraction]]] = {}
        self.renumbered: dict[tuple[int, str], str] = {}
        for row in self._rows("municipality_changes"):
            key = int(row["change_year"]), row["new_code"]
            if row["kind"] != "partial":
                sources = self.predecessors.setdefault(key, [])
                sources.append((row["old_code"], Fraction(row["share"])))
            if row["kind"] == "renumbered":
                self.renumbered[key] = row["old_code"]
        self.services: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
        for row in self._rows("services"):
            lines = self.services.setdefault(
                (row["form_edition"], row["target_group"]), []
            )
            lines.append((row["service_code"], row["label"], row["in_scope"] == "true"))
        self.rates = {
            (
                int(row["year"]),
                row["region_level"],
                row["region_code"],
                MEASURES.index(row["measure_code"]),
            ): int(Fraction(row["per_1000"]) * 100)
            for row in self._rows("published_indicator")
        }
        self.totals = {
            (int(row["year"]), row["target_group"]): int(row["value"])
            for row in self._rows("published_figures")
            if (row["region_level"], row["figure_code"], row["aspect"], row["unit"])
            == ("country", "total", "level", "fte")
        }

    def _rows(self, name: str) -> list[dict[str, str]]:
        path = self.folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def units(self, year: int) -> list[str]:
        """Who reports: every municipality, and Oslo's districts beside its city."""
        return sorted(self.municipalities[year] + self.districts)

    def county_of(self, unit: str) -> str:
        """The county of a municipality or a district."""
        return self.county[unit[:4]]

    def same_since(self, year: int, unit: str) -> str:
        """The oldest code of a unit that was only ever renumbered."""
        for earlier in range(year, FIRST_YEAR, -1):
            unit = self.renumbered.get((earlier, unit), unit)
        return unit

    def sources(self, year: int, unit: str) -> list[tuple[str, Fraction]]:
        """The units of the year before that a unit comes from."""
        return self.predecessors.get((year, unit), [(unit, Fraction(1))])


# --- Carrying forward ---------------------------------------------------------


def to_new_form(line: list[int]) -> list[int]:
    """Old education categories in the new ones: a, b, c, d, e, and c-e together."""
    further, higher, health, other = line
    return [health, further + higher, 0, 0, 0, other]


def carried(ref: Reference, before: State, year: int, unit: str, part: str) -> Cells:
    """The person-years of the year before, cell by cell, over changed codes."""
    codes = [c for c, _, in_scope in ref.services[edition(year), part] if in_scope]
    width = NEW_CATEGORIES if year >= NEW_FORM else OLD_CATEGORIES
    cells = {code: [0] * width for code in codes}
    for source, share in ref.sources(year, unit):
        for code, line in before[source][part].items():
            moved = to_new_form(line) if year == NEW_FORM else line
            for i, value in enumerate(moved):
                exact = value * share
                if exact.denominator != 1:
                    raise ValueError(f"{year} {unit}: {value} x {share} is not exact")
                cells[code][i] += int(exact)
    return cells


def edition(year: int) -> str:
    """The form of a year."""
    return "legacy" if year < NEW_FORM else "current"


# --- 2015-2021: person-years inside the published rounding intervals ----------


@dataclass
class Choice:
    """A municipality of 2020 in one year, or in several with equal figures."""

    municipality: str
    years: list[int]
    limits: list[tuple[int, int]]  # what rounds to the published rates, by measure
    given: list[int]  # measures that come from its part of a split unit
    step: int = TENTH  # what is typed: 0.1 as a rule, finer in the smallest
    steps: list[int] = field(default_factory=list)  # chosen, by measure

    def bounds(self, measure: int) -> tuple[int, int]:
        """The first and the last number of steps inside the limits."""
        low, high = (limit - self.given[measure] for limit in self.limits[measure])
        return max(0, -(-low // self.step)), high // self.step

    def fits(self) -> bool:
        """Whether every measure has a number of steps inside its limits."""
        return all(first <= last for first, last in map(self.bounds, range(4)))

    def value(self, measure: int) -> int:
        """The chosen person-years of a measure."""
        return self.given[measure] + self.steps[measure] * self.step

    def at(self, measure: int, position: int) -> int:
        """The person-years at a position 0..1000 in the interval.

        A measure stays inside the larger ones chosen before it. Where the
        published rate is above theirs, it is set equal to them.
        """
        low, high = self.bounds(measure)
        if measure:
            high = min(high, self.steps[measure - 1])
        low = min(low, high)
        n = low + min(high - low, (high - low + 1) * position // 1000)
        return self.given[measure] + n * self.step

    def choose(self, measure: int, position: int) -> int:
        """Settle a measure; return its person-years."""
        value = self.at(measure, position)
        self.steps.append((value - self.given[measure]) // self.step)
        return value


class PublishedYears:
    """Chooses the person-years of 2015-2021 on the municipalities of 2020."""

    def __init__(self, ref: Reference) -> None:
        self.ref = ref
        self.years = range(FIRST_YEAR, LAST_PUBLISHED_RATES + 1)
        self.population = self._population_on_2020_codes()
        self.municipalities = ref.municipalities[2020]
        self.split_units = self._split_units()
        self.chosen: dict[tuple[int, str], Choice] = {}
        for year in self.years:
            self._choose(year)

    def _population_on_2020_codes(self) -> dict[tuple[int, str], Fraction]:
        moved: dict[tuple[int, str], Fraction] = {}
        for year in self.years:
            for old in self.ref.municipalities[year]:
                for new, share in self.ref.to_2020[old].items():
                    people = share * self.ref.population[year, old]
                    moved[year, new] = moved.get((year, new), Fraction(0)) + people
        return moved

    def interval(
        self, year: int, level: str, code: str, measure: int, people: Fraction
    ) -> tuple[int, int]:
        """First and last person-years (in 10^-8) that round to the rate."""
        rate = self.ref.rates[year, level, code, measure]
        unit = people * ONE / 200_000  # half a hundredth per 1,000 inhabitants
        low, above = (2 * rate - 1) * unit, (2 * rate + 1) * unit
        first = -(-low.numerator // low.denominator)
        last = -(-above.numerator // above.denominator) - 1
        return max(0, first), last

    def municipal(self, year: int, code: str, measure: int) -> tuple[int, int]:
        """First and last person-years that round to a municipality's rate."""
        return self.interval(
            year, "municipality", code, measure, self.population[year, code]
        )

    def _split_units(self) -> dict[tuple[int, str], list[int]]:
        """Person-years of the units that were later split, by category.

        Set a little below what their successors have per inhabitant, so that
        the other units of every successor can make up the rest.
        """
        split = {}
        for year in self.years:
            for old in self.ref.municipalities[year]:
                successors = self.ref.to_2020[old]
                if len(successors) > 1:
                    split[year, old] = self._split_unit(year, old, list(successors))
        return split

    def _split_unit(self, year: int, old: str, successors: list[str]) -> list[int]:
        people = self.ref.population[year, old]
        levels = []
        for code in successors:
            middle = [sum(self.municipal(year, code, m)) // 2 for m in range(4)]
            for m in range(1, 4):
                middle[m] = min(middle[m], middle[m - 1])
            share = people / self.population[year, code]
            levels.append([int(v * share * 8 / 10) for v in by_category(middle)])
        return [min(values) // TENTH * TENTH for values in zip(*levels, strict=True)]

    def given(self, year: int, code: str) -> list[int]:
        """What a municipality of 2020 gets of units that were split."""
        measures = [0] * 4
        for (when, old), cells in self.split_units.items():
            share = self.ref.to_2020[old].get(code)
            if when == year and share:
                for m, value in enumerate(cumulated(cells)):
                    measures[m] += int(value * share)
        return measures

    def tied_years(self, year: int, code: str) -> list[int]:
        """The year and the following ones in which its figures are repeated."""
        years = [year]
        while years[-1] + 1 in self.years and self.repeats(years[-1] + 1, code):
            years.append(years[-1] + 1)
        return years

    def repeats(self, year: int, code: str) -> bool:
        """Whether a municipality of 2020 has the figures of the year before."""
        silent = {unit for unit, _ in SILENT.get(year, set())}
        return code in silent or (year == 2021 and code in UNCHANGED_2021)

    def _open_choice(self, year: int, code: str) -> Choice:
        """The intervals of a municipality, at the fewest decimals that fit."""
        years = self.tied_years(year, code)
        given = self.given(year, code)
        limits = []
        for m in range(4):
            each = [self.municipal(y, code, m) for y in years]
            limit = max(low for low, _ in each), min(high for _, high in each)
            rates = [self.ref.rates[y, "municipality", code, m] for y in years]
            nobody = not given[m] and not any(rates)
            limits.append((0, 0) if nobody else limit)
        choice = Choice(code, years, limits, given)
        while not choice.fits():
            if choice.step == FINEST:
                raise ValueError(f"{year} {code}: no figures fit the published rates")
            choice.step //= 10
        return choice

    def _choose(self, year: int) -> None:
        """Choose the total, then each sub-measure inside it."""
        free = []
        for code in self.municipalities:
            if (year, code) not in self.chosen:
                choice = self._open_choice(year, code)
                free.append(choice)
                for tied in choice.years:
                    self.chosen[tied, code] = choice
        self._make_room(year, free)
        for measure in range(4):
            self._place(year, measure, free)

    def _fixed(self, year: int, codes: Iterable[str], measure: int) -> int:
        """Person-years of those that repeat the figures of the year before."""
        return sum(
            self.chosen[year, code].value(measure)
            for code in codes
            if self.chosen[year, code].years[0] < year
        )

    def _make_room(self, year: int, free: list[Choice]) -> None:
        """Type finer where the national total would be out of reach."""
        target = self._target(year, 0, 0)
        fixed = self._fixed(year, self.municipalities, 0)
        for sign, end in ((1, 1000), (-1, 0)):
            lacking = sign * (target - fixed - sum(c.at(0, end) for c in free))
            lacking += ONE // 2

            def lost(choice: Choice, end: int = end) -> int:
                return abs(choice.limits[0][end // 1000] - choice.at(0, end))

            for choice in sorted(free, key=lost, reverse=True):
                if lacking > 0 and choice.step > FINEST:
                    before = choice.at(0, end)
                    choice.step //= 10
                    lacking -= abs(choice.at(0, end) - before)

    def _place(self, year: int, measure: int, free: list[Choice]) -> None:
        """Find positions that meet the counties and, above all, the country."""
        ranges = {}
        for county in sorted({code[:2] for code in self.municipalities}):
            inside = [c for c in free if c.municipality[:2] == county]
            ranges[county] = self._county_range(year, measure, county, inside)

        def position(choice: Choice, t: int) -> int:
            # 0..1000 runs through what rounds to the county's published rate,
            # what lies beyond through the rest of the municipal intervals.
            low, high = ranges[choice.municipality[:2]]
            if t < 0:
                return low * (1000 + t) // 1000
            if t > 1000:
                return high + (1000 - high) * (t - 1000) // 1000
            return low + (high - low) * t // 1000

        fixed = self._fixed(year, self.municipalities, measure)

        def country(t: int) -> int:
            return fixed + sum(c.at(measure, position(c, t)) for c in free)

        target = self._target(year, measure, country(500))
        t = lowest(lambda t: country(t) >= target, -1000, 2000)
        reached = fixed + sum(c.choose(measure, position(c, t)) for c in free)
        if measure == 0:
            self._meet(target - reached, free)

    def _county_range(
        self, year: int, measure: int, county: str, inside: list[Choice]
    ) -> tuple[int, int]:
        """The positions at which a county rounds to its published rate."""
        codes = [code for code in self.municipalities if code[:2] == county]
        people = sum(self.population[year, code] for code in codes)
        low, high = self.interval(year, "county", county, measure, people)
        fixed = self._fixed(year, codes, measure)

        def value(position: int) -> int:
            return fixed + sum(c.at(measure, position) for c in inside)

        first = lowest(lambda p: value(p) >= low, 0, 1000)
        above = lowest(lambda p: value(p) > high, 0, 1001)
        return first, max(first, above - 1)

    def _target(self, year: int, measure: int, middle: int) -> int:
        """The national person-years to meet.

        For the total SINTEF's; in 2017 the municipalities' own rates are some
        97 above it at the least, and a figure near that is taken. For the
        others whatever rounds to the published country, else the nearest.
        """
        if measure == 0:
            return (14_740 if year == 2017 else self.ref.totals[year, "all"]) * ONE
        people = sum(self.population[year, code] for code in self.municipalities)
        low, high = self.interval(year, "country", "0", measure, people)
        return max(low + ONE, min(middle, high - ONE))

    @staticmethod
    def _meet(rest: int, free: list[Choice]) -> None:
        """Move totals by single steps until the national sum is met."""
        for choice in sorted(free, key=lambda c: -c.value(0)):
            low, high = choice.bounds(0)
            move = (rest + choice.step // 2) // choice.step
            n = max(low, min(high, choice.steps[0] + move))
            rest -= (n - choice.steps[0]) * choice.step
            choice.steps[0] = n

    def units(self, year: int) -> dict[str, tuple[list[int], int]]:
        """Person-years by category, and the step, of every old unit."""
        units = {
            old: (cells, TENTH)
            for (when, old), cells in self.split_units.items()
            if when == year
        }
        whole: dict[str, list[str]] = {}
        for old in self.ref.municipalities[year]:
            successors = self.ref.to_2020[old]
            if len(successors) == 1:
                whole.setdefault(next(iter(successors)), []).append(old)
        for code, olds in whole.items():
            choice = self.chosen[year, code]
            weights = [
                self.ref.population[year, old]
                * wobble(draw("level", self.ref.same_since(year, old)), 150)
                for old in olds
            ]
            columns = [apportion(n, weights) for n in by_category(choice.steps)]
            for i, old in enumerate(olds):
                cells = [column[i] * choice.step for column in columns]
                units[old] = (cells, choice.step)
        return units


def oslo_districts(
    ref: Reference, published: PublishedYears, year: int, city: list[int]
) -> dict[str, list[int]]:
    """Oslo's districts as published (2017-2019) inside the city's figures."""
    for spread in range(0, 501, 50):
        positions = (500 - spread, 500 + spread, 500, 500)
        districts = {}
        for code in ref.districts:
            measures: list[int] = []
            people = Fraction(ref.population[year, code])
            for m in range(4):
                low, high = published.interval(year, "district", code, m, people)
                first, last = -(-low // TENTH), high // TENTH
                if m:
                    last = min(last, measures[-1])
                n = first + min(last - first, (last - first + 1) * positions[m] // 1000)
                measures.append(n)
            districts[code] = [n * TENTH for n in by_category(measures)]
        rest = [
            total - sum(cells[i] for cells in districts.values())
            for i, total in enumerate(city)
        ]
        if min(rest) >= 0:
            return districts | {OSLO: rest}
    raise ValueError(f"{year}: Oslo's districts have more than Oslo")


def split_oslo(
    ref: Reference,
    city: list[int],
    pattern: dict[str, list[int]],
    kept: dict[str, list[int]],
    year: int,
) -> dict[str, list[int]]:
    """An invented split of Oslo by another year's, some units kept as they were."""
    codes = [code for code in [*ref.districts, OSLO] if code not in kept]
    units: dict[str, list[int]] = {code: [] for code in codes}
    for i, total in enumerate(city):
        rest = total - sum(cells[i] for cells in kept.values())
        weights = [
            pattern[code][i] * wobble(draw("oslo", year, code), 60) + 1
            for code in codes
        ]
        for code, n in zip(codes, apportion(rest // TENTH, weights), strict=True):
            units[code].append(n * TENTH)
    return units


# --- Parts and services -------------------------------------------------------

Drafts = dict[str, dict[str, list[int]]]  # unit -> part -> steps by category


def children_of(cells: list[int], per_million: int) -> list[int]:
    """The part of a unit's steps that goes to children and youth."""
    wanted = (sum(cells) * per_million + 500_000) // 1_000_000
    weights = [c * tilt for c, tilt in zip(cells, CHILDREN_TILT, strict=True)]
    taken = [min(c, n) for c, n in zip(cells, apportion(wanted, weights), strict=True)]
    for i, cell in enumerate(cells):
        more = min(cell - taken[i], wanted - sum(taken))
        taken[i] += max(0, more)
    return taken


def split_parts(
    ref: Reference,
    year: int,
    units: dict[str, tuple[list[int], int]],
    target: int,
) -> Drafts:
    """Split every unit between the parts so that children's sum is the target."""
    everything = sum(sum(cells) for cells, _ in units.values())
    base = target * 1_000_000 // everything
    steps = {u: [c // step for c in cells] for u, (cells, step) in units.items()}
    shares = {}
    for unit in units:
        lasting = wobble(draw("children", ref.same_since(year, unit)), 250)
        yearly = wobble(draw("children", year, unit), 40)
        nil = unit in NIL_CHILDREN
        shares[unit] = 0 if nil else base * lasting * yearly // 1_000_000

    def children(unit: str, factor: int) -> list[int]:
        return children_of(steps[unit], shares[unit] * factor // 10_000)

    def country(factor: int) -> int:
        return sum(sum(children(u, factor)) * units[u][1] for u in units)

    factor = lowest(lambda f: country(f) >= target, 5_000, 20_000)
    drafts: Drafts = {}
    for unit in units:
        taken = children(unit, factor)
        left = [a - b for a, b in zip(steps[unit], taken, strict=True)]
        drafts[unit] = {ADULTS: left, CHILDREN: taken}
    rest = target - country(factor)
    for unit in sorted(units, key=lambda u: (-sum(units[u][0]), u)):
        step = units[unit][1]
        n = (abs(rest) + step // 2) // step
        giver, taker = (ADULTS, CHILDREN) if rest > 0 else (CHILDREN, ADULTS)
        parts = drafts[unit]
        i = parts[giver].index(max(parts[giver]))
        n = min(n, parts[giver][i] // 3) if shares[unit] else 0
        parts[giver][i] -= n
        parts[taker][i] += n
        rest += -n * step if rest > 0 else n * step
    return drafts


def spread_services(
    ref: Reference, year: int, unit: str, part: str, steps: list[int], step: int
) -> Cells:
    """Spread a part over the services of the form, by an invented pattern."""
    since = ref.same_since(year, unit)
    codes = [c for c, _, in_scope in ref.services[edition(year), part] if in_scope]
    tilt_of = TILT_OF_NEW if year >= NEW_FORM else range(OLD_CATEGORIES)
    weights = {}
    for code in codes:
        rng = draw("service", since, part, code)
        has = rng.random() * 100 < SOME_HAVE.get(code, 100)
        weights[code] = SERVICE_WEIGHTS[part][code] * wobble(rng, 350) * has
    columns = [
        apportion(n, [weights[c] * SERVICE_TILT[c][tilt_of[i]] for c in codes])
        for i, n in enumerate(steps)
    ]
    extra = [0] if year >= NEW_FORM else []
    return {
        code: [column[k] * step for column in columns] + extra
        for k, code in enumerate(codes)
    }


# --- From one year to the next ------------------------------------------------


def typed_step(ref: Reference, year: int, unit: str) -> int:
    """Tenths, and hundredths in the smallest municipalities."""
    return TENTH if ref.population[year, unit] >= 2_000 else TENTH // 10


def weights_from(year: int, unit: str, part: str, before: list[int]) -> list[int]:
    """Last year's education categories as weights, stirred a little."""
    if year >= NEW_FORM:
        *known, together = before
        kinds = [
            n * wobble(draw("kinds", unit, part, i), 300)
            for i, n in enumerate(NEW_FORM_OTHER)
        ]
        whole = sum(kinds)
        before = known[:2] + [
            value + together * kind // whole
            for value, kind in zip(known[2:], kinds, strict=True)
        ]
    return [
        value * wobble(draw("education", year, unit, part, i), 60) // 1000
        for i, value in enumerate(before)
    ]


def grown(
    ref: Reference,
    year: int,
    part: str,
    base: dict[str, list[int]],
    target: int,
) -> dict[str, list[int]]:
    """New figures of the answering units: last year's, scaled to a sum."""
    levels = {
        unit: sum(cells) * wobble(draw("growth", year, unit, part), 70)
        for unit, cells in base.items()
    }
    step = {unit: typed_step(ref, year, unit) for unit in base}
    whole = sum(levels.values())

    def size(unit: str, factor: int) -> int:
        exact = levels[unit] * target * factor
        return exact // (whole * step[unit] * 1_000_000)

    def country(factor: int) -> int:
        return sum(size(unit, factor) * step[unit] for unit in base)

    factor = lowest(lambda f: country(f) >= target, 900_000, 1_200_000)
    sizes = {unit: size(unit, factor) for unit in base}
    rest = target - country(factor)
    for unit in sorted(base, key=lambda u: (-sizes[u] * step[u], u)):
        move = (rest + step[unit] // 2) // step[unit]
        move = max(move, -(sizes[unit] // 20))
        sizes[unit] += move
        rest -= move * step[unit]
    return {
        unit: apportion(sizes[unit], weights_from(year, unit, part, cells))
        for unit, cells in base.items()
    }


def lift_health_stations(state: State, answering: list[str], target: int) -> None:
    """Move person-years inside units until the health stations sum up.

    Tenths are moved round the units; what is left of the last tenth is moved, in
    hundredths, in the unit with the largest health station.
    """
    rest = target - sum(
        sum(parts[CHILDREN][HEALTH_STATION]) for parts in state.values()
    )
    while abs(rest) >= TENTH:
        before = rest
        for unit in answering:
            if abs(rest) >= TENTH:
                rest -= move_to_health_station(
                    state[unit][CHILDREN], TENTH if rest > 0 else -TENTH
                )
        if rest == before:
            raise ValueError("the health stations cannot be met")
    if abs(rest) >= NEAR:
        hundredth = TENTH // 10
        last = (2 * rest + hundredth) // (2 * hundredth) * hundredth
        largest = max(
            answering, key=lambda u: (max(state[u][CHILDREN][HEALTH_STATION]), u)
        )
        rest -= move_to_health_station(state[largest][CHILDREN], last)
    if abs(rest) >= NEAR:
        raise ValueError("the health stations cannot be met")


def move_to_health_station(cells: Cells, size: int) -> int:
    """Move person-years to it (from it, below zero); return what it gained."""
    others = [code for code in cells if code != HEALTH_STATION]
    givers = others if size > 0 else [HEALTH_STATION]
    largest, giver, i = max(
        (value, code, i) for code in givers for i, value in enumerate(cells[code])
    )
    if largest < abs(size):
        return 0
    taker = HEALTH_STATION if size > 0 else "treatment_follow_up"
    cells[giver][i] -= abs(size)
    cells[taker][i] += abs(size)
    return size


# --- All years ----------------------------------------------------------------


@dataclass
class Demo:
    """The figures of every unit and year, answered or carried forward."""

    ref: Reference
    states: dict[int, State] = field(default_factory=dict)

    def answered(self, year: int, unit: str, part: str) -> bool:
        """Whether a usable answer counts, rather than what was had before."""
        return (unit, part) not in SILENT.get(year, set())

    def build(self) -> Demo:
        """Work out every year, each from the one before."""
        published = PublishedYears(self.ref)
        oslo = self._oslo(published)
        for year in published.years:
            self.states[year] = self._published_year(published, oslo, year)
        for year in (2022, 2023):
            self.states[year] = self._scaled_year(year)
        self.states[NEW_FORM] = self._first_year_of_new_form()
        self.states[2025] = self._latest_year()
        return self

    # 2015-2021

    def _oslo(self, published: PublishedYears) -> dict[int, dict[str, list[int]]]:
        """Oslo's sixteen units by year."""
        city = {
            year: by_category([published.chosen[year, OSLO].value(m) for m in range(4)])
            for year in published.years
        }
        units = {
            year: oslo_districts(self.ref, published, year, city[year])
            for year in (2017, 2018, 2019)
        }
        for year in (2016, 2015):
            units[year] = split_oslo(self.ref, city[year], units[year + 1], {}, year)
        kept = {code: units[2019][code] for code in SILENT_DISTRICTS_2020}
        units[2020] = split_oslo(self.ref, city[2020], units[2019], kept, 2020) | kept
        units[2021] = split_oslo(self.ref, city[2021], units[2020], {}, 2021)
        return units

    def _published_year(
        self,
        published: PublishedYears,
        oslo: dict[int, dict[str, list[int]]],
        year: int,
    ) -> State:
        units = published.units(year)
        units |= {code: (cells, TENTH) for code, cells in oslo[year].items()}
        state: State = {}
        for unit in sorted(units):
            if not self.answered(year, unit, ADULTS) or published.repeats(year, unit):
                state[unit] = {
                    part: carried(self.ref, self.states[year - 1], year, unit, part)
                    for part in PARTS
                }
        fresh = {u: draft for u, draft in units.items() if u not in state}
        total = sum(sum(cells) for cells, _ in fresh.values())
        total += sum(national(state, part) for part in PARTS)
        target = self._children(year, total) - national(state, CHILDREN)
        drafts = split_parts(self.ref, year, fresh, target)
        for unit, parts in drafts.items():
            step = units[unit][1]
            state[unit] = {
                part: spread_services(self.ref, year, unit, part, cells, step)
                for part, cells in parts.items()
            }
        return state

    def _children(self, year: int, total: int) -> int:
        """National person-years for children and youth."""
        totals = self.ref.totals
        if year == 2015:  # as split in 2016
            children, whole = totals[2016, CHILDREN], totals[2016, "all"]
        elif year == 2021:  # adults +1.0 %, children and youth +2.7 % on 2020
            children = totals[2020, CHILDREN] * 1027
            whole = children + totals[2020, ADULTS] * 1010
        else:
            children, whole = totals[year, CHILDREN], totals[year, "all"]
        return (2 * total * children // whole + ONE) // (2 * ONE) * ONE

    # 2022-2025

    def _start(self, year: int) -> tuple[State, State]:
        """What is carried forward, and what the answering units had before."""
        silent: State = {}
        base: State = {}
        for unit in self.ref.units(year):
            for part in PARTS:
                cells = carried(self.ref, self.states[year - 1], year, unit, part)
                kind = base if self.answered(year, unit, part) else silent
                kind.setdefault(unit, {})[part] = cells
        return silent, base

    def _finish(
        self, year: int, silent: State, new: dict[str, dict[str, list[int]]]
    ) -> State:
        state: State = {unit: {} for unit in self.ref.units(year)}
        for part in PARTS:
            for unit in state:
                if not self.answered(year, unit, part):
                    state[unit][part] = silent[unit][part]
                    continue
                step = typed_step(self.ref, year, unit)
                state[unit][part] = spread_services(
                    self.ref, year, unit, part, new[part][unit], step
                )
        return state

    def _grow(self, year: int, targets: dict[str, int]) -> State:
        silent, base = self._start(year)
        new = {}
        for part in PARTS:
            had = {u: add_up(c[part]) for u, c in base.items() if part in c}
            kept = sum(amount(c[part]) for c in silent.values() if part in c)
            new[part] = grown(self.ref, year, part, had, targets[part] - kept)
        return self._finish(year, silent, new)

    def _scaled_year(self, year: int) -> State:
        """2022 and 2023: published national totals by target group."""
        targets = {part: self.ref.totals[year, part] * ONE for part in PARTS}
        state = self._grow(year, targets)
        answering = [
            unit for unit in sorted(state) if self.answered(year, unit, CHILDREN)
        ]
        health_stations = {2022: 1868, 2023: 1975}[year]
        lift_health_stations(state, answering, health_stations * ONE)
        return state

    def _latest_year(self) -> State:
        """2025: moderate growth, invented."""
        before = self.states[2024]
        growth = {ADULTS: 1012, CHILDREN: 1026}
        targets = {
            part: national(before, part) * growth[part] // 1000 // ONE * ONE
            for part in PARTS
        }
        return self._grow(2025, targets)

    def _first_year_of_new_form(self) -> State:
        """2024: the published headline by county, country and education."""
        silent, base = self._start(NEW_FORM)
        for unit, parts in base.items():
            for part in PARTS:
                if is_nil(NEW_FORM, unit, part):
                    parts[part] = {code: [0] * NEW_CATEGORIES for code in parts[part]}
        rates = self._county_rates(silent | base)  # no unit is half silent in 2024
        counties: dict[str, list[str]] = {}
        for unit in self.ref.units(NEW_FORM):
            counties.setdefault(self.ref.county_of(unit), []).append(unit)
        sizes: dict[str, dict[str, int]] = {part: {} for part in PARTS}
        for county, units in sorted(counties.items()):
            people = self._people(county)
            target = rates[county] * people * ONE // 1_000_000
            target -= sum(
                amount(silent[u][p]) for u in units if u in silent for p in PARTS
            )
            cells = [(u, p) for u in units if u in base for p in PARTS]
            levels = [
                amount(base[u][p]) * wobble(draw("growth", NEW_FORM, u, p), 100)
                for u, p in cells
            ]
            typed = [typed_step(self.ref, NEW_FORM, u) for u, _ in cells]
            exact = apportion(target, levels)
            for (unit, part), value, step in zip(cells, exact, typed, strict=True):
                sizes[part][unit] = (value + step // 2) // step
        new = self._educations(sizes, silent, base)
        return self._finish(NEW_FORM, silent, new)

    def _people(self, county: str) -> int:
        return sum(
            self.ref.population[NEW_FORM, code]
            for code in self.ref.municipalities[NEW_FORM]
            if self.ref.county[code] == county
        )

    def _county_rates(self, start: State) -> dict[str, int]:
        """Person-years per 1,000 by county, in thousandths.

        Oslo lowest (2.1), Agder highest (3.9), the others as in the year
        before between them, all scaled so that the country has 2.8.
        """
        had: dict[str, int] = {}
        for unit, parts in start.items():
            county = self.ref.county_of(unit)
            had[county] = had.get(county, 0) + sum(amount(c) for c in parts.values())
        people = {county: self._people(county) for county in had}

        def rates(factor: int) -> dict[str, int]:
            scaled = {
                county: max(2_300, min(3_700, value * factor // people[county] // ONE))
                for county, value in had.items()
            }
            return scaled | {"03": 2_100, "42": 3_900}

        def country(factor: int) -> int:
            return sum(rate * people[c] for c, rate in rates(factor).items())

        wanted = 2_800 * sum(people.values())
        factor = lowest(lambda f: country(f) >= wanted, 500_000, 1_500_000)
        return rates(factor)

    def _educations(
        self, sizes: dict[str, dict[str, int]], silent: State, base: State
    ) -> dict[str, dict[str, list[int]]]:
        """a-e of every unit; c-e weighted so that a + b is 2.4 per 1,000."""

        def educations(unit: str, part: str, factor: int) -> list[int]:
            a, b, *others = weights_from(NEW_FORM, unit, part, add_up(base[unit][part]))
            others = [value * factor for value in others]
            return apportion(sizes[part][unit], [a * 1000, b * 1000, *others])

        kept = sum(
            sum(add_up(cells)[:2])
            for parts in silent.values()
            for cells in parts.values()
        )

        def health(factor: int) -> int:
            return kept + sum(
                sum(educations(u, p, factor)[:2]) * typed_step(self.ref, NEW_FORM, u)
                for p in PARTS
                for u in sizes[p]
            )

        people = sum(
            self.ref.population[NEW_FORM, code]
            for code in self.ref.municipalities[NEW_FORM]
        )
        wanted = 2_400 * people * ONE // 1_000_000
        factor = lowest(lambda f: health(f) <= wanted, 500, 5_000)
        return {
            part: {unit: educations(unit, part, factor) for unit in sizes[part]}
            for part in PARTS
        }


def is_nil(year: int, unit: str, part: str) -> bool:
    """Whether a unit says that it has nobody for a part."""
    if year >= NEW_FORM and part == ADULTS:
        return unit in NIL_ADULTS_NEW_FORM
    if year >= NEW_FORM and unit in NIL_CHILDREN_NEW_FORM:
        return True
    return part == CHILDREN and unit in NIL_CHILDREN
