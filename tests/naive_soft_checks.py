"""R23 once more, in plain Python: slow, simple, and not made from the SQL.

Written from docs/methods.md ("Soft checks", "Whom to ask first"), docs/decisions
and the seeds alone, to be read beside them. It takes what earlier rules decided (who
answered, with what, what reviewers said) and says what looks odd, and whom to ask
first. Person-years are exact decimals; only the two comparisons with the KOSTRA group
use binary floats, since no figure rests on them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

from naive_model import OSLO, OWN_SUM, ZERO, Cells, compared, read_csv, read_number

Place = tuple[int, str, str]  # year, unit, target group
Limits = Mapping[str, float]  # the vars of R23, as they stand in dbt_project.yml


@dataclass(frozen=True)
class Part:
    """What a unit has for a part in a year (R18); without a value it has none."""

    is_reported: bool
    fte: Decimal
    cells: Cells = field(default_factory=dict)
    population: int = 0
    submission_id: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something to ask about, and what it would change in the national total."""

    place: Place
    rule_code: str
    submission_id: str | None
    fte: Decimal
    compared_fte: Decimal
    influence: Decimal
    label: str | None = None


@dataclass(frozen=True)
class Contact:
    """A part on the list of those to ask."""

    place: Place
    influence: Decimal
    fte_before: Decimal | None
    rule_codes: frozenset[str]


# --- The two comparisons with the KOSTRA group, in floats ---------------------------


def quartile(values: Iterable[float], number: int) -> float:
    """The first, second or third quartile, by linear interpolation (type 7 in R)."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * number / 4
    below = ordered[int(position)]
    above = ordered[min(int(position) + 1, len(ordered) - 1)]
    return below + (position - int(position)) * (above - below)


def far_changes(
    changes: Mapping[Place, tuple[Decimal, Decimal]], limits: Limits
) -> tuple[set[Place], float | None]:
    """R23, Hidiroglou-Berthelot: the outliers among (before, now), the median ratio.

    A group that is too small has neither.
    """
    if len(changes) < limits["comparison_group_minimum"]:
        return set(), None
    ratios = {place: float(now) / float(old) for place, (old, now) in changes.items()}
    middle = median(ratios.values())
    effects = {}
    for place, ratio in ratios.items():
        distance = 1 - middle / ratio if ratio < middle else ratio / middle - 1
        effects[place] = distance * float(max(changes[place])) ** limits["hb_u"]
    q1, q2, q3 = (quartile(effects.values(), number) for number in (1, 2, 3))
    least = limits["hb_a"] * abs(q2)
    low = q2 - limits["hb_c"] * max(q2 - q1, least)
    high = q2 + limits["hb_c"] * max(q3 - q2, least)
    far = {place for place, e in effects.items() if e < low or e > high}
    return far, middle


def far_levels(
    rates: Mapping[Place, float], limits: Limits
) -> tuple[set[Place], float | None]:
    """R23, robust z: the outliers among the rates of a group, and the median rate.

    A group that is too small has neither.
    """
    if len(rates) < limits["comparison_group_minimum"]:
        return set(), None
    middle = median(rates.values())
    distances = {place: abs(rate - middle) for place, rate in rates.items()}
    usual = median(distances.values())
    if usual == 0:
        return set(), middle
    limit = limits["robust_z_limit"]
    far = {place for place, d in distances.items() if 0.6745 * d / usual > limit}
    return far, middle


# --- All checks together ------------------------------------------------------------


class SoftChecks:
    """R23 for all parts of all years, with the seeds of ``seeds/reference``."""

    def __init__(
        self, reference: Path, limits: Limits, parts: Mapping[Place, Part]
    ) -> None:
        self.reference = reference
        self.limits = limits
        self.parts = parts
        self.series = read_csv(reference / "series.csv")
        self.sources: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(dict)
        for row in read_csv(reference / "municipality_changes.csv"):
            if row["kind"] != "partial":
                new = (int(row["change_year"]), row["new_code"])
                self.sources[new][row["old_code"]] = Decimal(row["share"])
        correspondence = read_csv(reference / "municipality_correspondence.csv")
        self.heir = {
            (row["structure_year"], row["municipality_code"]): row[
                "structure_municipality_code"
            ]
            for row in sorted(correspondence, key=lambda row: Decimal(row["share"]))
        }  # of several the last, which has the greatest share
        self.kostra = {
            row["municipality_code"]: row["kostra_group_code"]
            for row in read_csv(reference / "kostra_groups.csv")
        }

    def series_of(self, year: int) -> dict[str, str]:
        """R8, R9: the series that a year belongs to."""
        for row in self.series:
            if int(row["first_year"]) <= year <= int(row["last_year"] or 9999):
                return row
        raise ValueError(year)

    def kostra_group(self, year: int, unit: str) -> str:
        """R16, R23: the group of the unit's municipality of the series.

        A unit that was split is where most of it went. Oslo's are their own group.
        """
        if unit.startswith(OSLO):
            return OSLO
        structure_year = self.series_of(year)["structure_year"]
        return self.kostra[self.heir[structure_year, unit]]

    def before(self, place: Place) -> Part | None:
        """R18, R23: what the unit's predecessors had, in the codes of this year."""
        year, unit, group = place
        if year == int(self.series_of(year)["first_year"]):
            return None
        shares = self.sources.get((year, unit), {unit: Decimal(1)})
        if any((year - 1, code, group) not in self.parts for code in shares):
            return None
        is_reported, fte = True, ZERO
        cells: Cells = defaultdict(lambda: ZERO)
        for code, share in shares.items():
            part = self.parts[year - 1, code, group]
            is_reported = is_reported and part.is_reported
            fte += part.fte * share
            for cell, cell_fte in part.cells.items():
                cells[cell] += cell_fte * share
        return Part(is_reported, fte, cells)

    def wrong_sums(
        self,
        year: int,
        rows: Iterable[Mapping[str, str | None]],
        corrections: Mapping[tuple[str, str, str, str], str],
    ) -> Iterator[Finding]:
        """R23: the raw rows of a year whose own sum is not the sum of their cells.

        A line with a sum or a cell that cannot be read is not compared (R22). A
        correction is found by submission, target group, label and column (R24). What
        is out of scope changes nothing in the national total (R3).
        """
        edition = self.series_of(year)["form_edition"]
        columns = [
            row["raw_column"]
            for row in read_csv(self.reference / "education_categories.csv")
            if row["form_edition"] == edition and row["raw_column"]
        ]
        groups = {
            row["raw_label"]: row["target_group"]
            for row in read_csv(self.reference / "target_groups.csv")
        }
        in_scope = {
            (row["target_group"], compared(row["label"]))
            for row in read_csv(self.reference / "services.csv")
            if row["form_edition"] == edition and row["in_scope"] == "true"
        }
        for row in rows:
            group = groups.get(row["del"] or "", "unknown")
            line = (row["innsending_id"] or "", group, row["tjeneste"] or "")
            cells = [
                read_number(corrections.get((*line, column), row[column]) or "")
                for column in columns
            ]
            own_sum = read_number(row.get(OWN_SUM) or "")
            is_empty = not (row.get(OWN_SUM) or "").strip()
            if is_empty or any(n.status != "number" for n in [own_sum, *cells]):
                continue
            fte = sum((cell.value for cell in cells), ZERO)
            difference = own_sum.value - fte
            if abs(difference) > exact(self.limits["sum_tolerance"]):
                counts = (group, compared(row["tjeneste"])) in in_scope
                yield Finding(
                    place=(year, row["enhet"] or "", group),
                    rule_code="sum_differs",
                    submission_id=line[0],
                    fte=fte,
                    compared_fte=own_sum.value,
                    influence=difference if counts else ZERO,
                    label=row["tjeneste"],
                )

    def odd_parts(self) -> Iterator[Finding]:
        """R23: all that looks odd in whole parts, KOSTRA group by KOSTRA group."""
        groups = defaultdict(list)
        for year, unit, target_group in self.parts:
            key = (year, target_group, self.kostra_group(year, unit))
            groups[key].append((year, unit, target_group))
        for places in groups.values():
            yield from self.odd_parts_in_group(places)

    def odd_parts_in_group(self, places: Sequence[Place]) -> Iterator[Finding]:
        """R23: the reported parts of one group and year, each held to every check."""
        before = {place: self.before(place) for place in places}
        changes, rates = {}, {}
        for place in places:
            now, then = self.parts[place], before[place]
            if then and now.is_reported and then.is_reported and now.fte and then.fte:
                changes[place] = (then.fte, now.fte)
            if now.population:
                rates[place] = 1000 * float(now.fte) / now.population
        odd_changes, middle_ratio = far_changes(changes, self.limits)
        odd_levels, middle_rate = far_levels(rates, self.limits)

        for place in places:
            now, then = self.parts[place], before[place]
            if not now.is_reported:
                continue
            odd = {}
            if then:
                checks = {
                    "large_change": self.is_large(then.fte, now.fte),
                    "falls_to_zero": then.fte > 0 and now.fte == 0,
                    "unchanged_form": now.fte > 0 and is_same(then.cells, now.cells),
                    "outlier_change": place in odd_changes,
                }
                odd = {rule: then.fte for rule, is_found in checks.items() if is_found}
            if place in odd_levels:
                odd["outlier_level"] = kept(middle_rate * now.population / 1000)
            for rule, other in odd.items():
                expected = other
                if rule == "unchanged_form" and middle_ratio is not None:
                    expected = kept(float(other) * middle_ratio)
                yield Finding(
                    place, rule, now.submission_id, now.fte, other, expected - now.fte
                )

    def is_large(self, old: Decimal, now: Decimal) -> bool:
        """R23: whether a change is above both limits; from zero, of any per cent."""
        change = abs(now - old)
        is_above_pct = 100 * change > exact(self.limits["large_change_pct"]) * old
        return is_above_pct and change > exact(self.limits["large_change_fte"])

    def contacts(
        self, findings: Iterable[Finding], accepted: set[tuple[int, str, str]]
    ) -> list[Contact]:
        """R23, R24: whom to ask, first those that weigh most in the national total.

        Only about submissions that count and that no reviewer has accepted; these are
        named by year, submission and target group. The wrong sums of a part are one
        finding: what the part would have with all of them. At the same influence the
        lower code comes first.
        """
        weights = defaultdict(lambda: defaultdict(lambda: ZERO))
        for finding in findings:
            year, _, group = finding.place
            part = self.parts.get(finding.place)
            if part is None or part.submission_id != finding.submission_id:
                continue
            if (year, finding.submission_id, group) not in accepted:
                weights[finding.place][finding.rule_code] += finding.influence
        contacts = []
        for place, of_rules in weights.items():
            influence = max(abs(weight) for weight in of_rules.values())
            then = self.before(place)
            fte_before = then.fte if then else None
            contacts.append(Contact(place, influence, fte_before, frozenset(of_rules)))
        return sorted(contacts, key=lambda c: (c.place[0], -c.influence, c.place[1:]))


def is_same(then: Cells, now: Cells) -> bool:
    """R23: whether every cell is as it was; a cell that is not there is zero."""
    return all(then.get(cell, ZERO) == now.get(cell, ZERO) for cell in {*then, *now})


def exact(limit: float) -> Decimal:
    """A limit as it is written, and not its binary neighbour."""
    return Decimal(str(limit))


def kept(value: float) -> Decimal:
    """R1: a computed number with the eight decimals that are kept."""
    return Decimal(value).quantize(Decimal("0.00000001"), ROUND_HALF_UP)
