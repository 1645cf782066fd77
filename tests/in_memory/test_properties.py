"""Random submissions: what must hold for R17-R22, whatever people send in.

Each property is held on random sets of submissions, in a project compiled for a few
collection years (``compiled_project.py``): against an independent second model
(``naive_model.py``), or against another result of the project itself. The seeds of the
draws are fixed, so that a run can be repeated; the environment variable
``ARSVERK_PROPERTY_EXAMPLES`` multiplies the number of sets (`make test-all`: by two).
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal
from functools import partial
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from compiled_project import CompiledProject, compile_project, form_editions
from conftest import ROOT
from contract import TABLES
from naive_model import NaiveModel, Result, Settings, read_csv

REFERENCE = ROOT / "seeds" / "reference"
# What is compared, and in which columns; those that name a row stand first.
# The rules of R21 and R22. Other findings are not the naive model's business.
RULES = {
    "unknown_unit",
    "unit_not_in_force",
    "unknown_target_group",
    "unknown_service",
    "duplicate_service",
    "not_a_number",
    "negative",
    "unreadable_time",
    "inconsistent_submission",
    "implausible_level",
    "more_than_four_decimals",
    "unreadable_sum",
    "empty_submission_id",
}

# --- A few collection years, and units to which something happens in them -------------


@dataclass(frozen=True)
class Window:
    """Collection years of each form edition, families of units, and vars."""

    years: dict[str, list[int]]
    families: list[list[str]]
    across_break: bool = True
    max_years: int | None = None
    ceiling: int = 100

    def municipalities(self) -> set[str]:
        """Return the municipalities of the families, and what they were before."""
        codes = {unit for family in self.families for unit in family}
        for change in reversed(read_csv(REFERENCE / "municipality_changes.csv")):
            if change["new_code"] in codes:
                codes.add(change["old_code"])
        return codes

    def model(self) -> NaiveModel:
        """Return the naive model of these years, municipalities and vars."""
        editions = {
            year: edition for edition, years in self.years.items() for year in years
        }
        return NaiveModel(
            REFERENCE,
            Settings(
                editions=editions,
                across_break=self.across_break,
                max_years=self.max_years,
                ceiling=Decimal(self.ceiling),
            ),
            only=self.municipalities(),
        )

    def project(self, manifest: dict, **options: object) -> CompiledProject:
        """Return the project of these municipalities, in memory."""
        codes = ", ".join(f"'{code}'" for code in sorted(self.municipalities()))
        keep = ("municipalities", f"municipality_code in ({codes})")
        return CompiledProject(manifest, TABLES, keep=keep, **options)


OSLO = ["0301", "030101", "030115"]
WINDOWS = {
    "mergers": Window(
        years={"legacy": [2017, 2018, 2019, 2020]},
        families=[
            ["1102", "1129", "1108"],  # merged in 2020
            ["0702", "0714", "0715", "0713", "3802"],  # in 2018, and again in 2020
            ["1103", "1141", "1142"],  # 1103 lived on, absorbing the others
            ["1849", "1850", "1875"],  # 1850 was split in 2020
            ["1613", "5012", "1617", "5013", "5056"],  # renumbered, then split
            ["0101", "3001"],  # renumbered in 2020
            ["1151"],  # 200 inhabitants
            OSLO,
        ],
    ),
    "break": Window(
        years={"legacy": [2022, 2023], "current": [2024, 2025]},
        families=[
            ["1507", "1508", "1580"],  # split in 2024
            ["3001", "3101"],  # renumbered in 2024
            ["5444", "5605"],
            ["1103"],
            ["1151"],
            OSLO,
        ],
    ),
    # Every var otherwise, and a year without a collection.
    "other vars": Window(
        years={"legacy": [2019, 2020, 2021, 2023], "current": [2024, 2025]},
        families=[
            ["1102", "1129", "1108"],
            ["1507", "1508", "1580"],
            ["1151"],
            OSLO,
        ],
        across_break=False,
        max_years=1,
        ceiling=20,
    ),
}
MODELS = {name: window.model() for name, window in WINDOWS.items()}
COLUMNS = {edition: form["cells"] for edition, form in form_editions().items()}
GROUPS = {"adults": "voksne", "children_youth": "barn_unge"}
LABELS = defaultdict(list)
for service in read_csv(REFERENCE / "services.csv"):
    LABELS[service["form_edition"], service["target_group"]].append(service["label"])


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Compile the project once for each window."""

    def compiled(window: Window) -> dict:
        return compile_project(
            tmp_path_factory.mktemp("compiled"),
            TABLES,
            window.years,
            carry_forward_across_break=window.across_break,
            carry_forward_max_years=window.max_years,
            ceiling_per_1000=window.ceiling,
        )

    return {name: compiled(window) for name, window in WINDOWS.items()}


@pytest.fixture(scope="module")
def projects(manifests: dict[str, dict]) -> dict[str, CompiledProject]:
    """Build what does not depend on submissions, for each window."""
    return {name: WINDOWS[name].project(manifests[name]) for name in WINDOWS}


# --- What people type -----------------------------------------------------------------

# Numbers of R22, small enough for any unit.
SMALL = [None, None, None, "-", "0", "0,0", "1", "0,5", "0.5", ",5", ".5", "1.250"]
SMALL += [" 2 ", "\u00a00,25\u202f", "\u20091,75", "007", "0000000000,1", "1,2345"]
SMALL += ["1,23445", "1.23444999", "0.00004999999999999", "0,00005", "1,00000"]
LARGE = ["12", "49,9999", "1 250", "1\u00a0250,25", "1\u2009250.25", "1.250,25"]
LARGE += ["1\u202f250", "999", "0 050", "1 250 000", "999999999", "999 999 999"]
LARGE += ["9999999999", "1234567890,12345", "1" * 40]
NEGATIVE = ["-3", "-0,5", "\u22123", "\u2212,5", "-0", "-1 250", "-1,23456"]
REFUSED = ["ca 4", "3;5", "12 50", "5,", "1e3", "NaN", "inf", "+3", "0x10", "1_000"]
REFUSED += ["1.250.000", "1,250.25", "1250 000", "1  250", ".", ",", "3-4", "--"]
REFUSED += ["\u2212", "3\t5", "\t3", "3\n", "\u0663", "½", "- 3", "-ca 4", "\u20133"]
REFUSED += ["1 250 00", "1\u2003250", "=1+1", "1.250,", ".250,5", "1,2,3"]
TIMES = ["{}-02-01", "{}-02-01T00:00", "{}-02-01T00:00:00", "{}-02-01T00:00:00,0"]
TIMES += ["{}-02-01T10:00", "{}-02-01T10:00:00.5", "{}-02-01T10:00:00,500000"]
TIMES += ["{}-02-01T10:00:00.5000009", "{}-02-01T23:59:59.999999", "{}-02-02"]
NO_TIMES = [None, "01.02.{}", "{}-02-30", "{}-02-01 10:00", "{}-02-01T10:00Z", "{}"]
NO_TIMES += ["{}-02-01T24:00", "{}-02-01T10", "{}-2-1", " {}-02-01", "{}-W05-1"]
NO_TIMES += ["{}-02-01T10:00:60", "{}-02-01T10:00:00.", "{}-02-01t10:00", "{}0201"]
NO_TIMES += ["{}-02-01T10:00+01:00", "{}-02-01T10:60"]
NO_GROUPS = [None, "Voksne", "voksne ", "barn og unge", "ungdom", "adults"]
NO_LABELS = [None, " ", "Trampoline", "Demensomsorgen", "andre  tjenester", "-"]
NO_UNITS = [None, "9999", "0000", "110301", "030116", "1151 ", "\u00a01151", "Oslo"]
REMARKS = [None, None, "", "ok", '«a» og "b"', "it's; drop table x --", "=1+1"]
REMARKS += ["to\nlinjer\r\n", "æøå \u00a0\u2028", "{{ var('x') }} %s ? $1"]
IDENTIFIERS = ["s", "S", "å", "", "9", "10", " ", "z'", "_"]

FLAWS = [None] * 24
FLAWS += ["refused", "negative", "large", "large", "ceiling", "above ceiling", "typo"]
FLAWS += ["label", "other label", "twice", "twice", "sum", "sum", "sum", "sum"]
FLAWS += ["unit", "group", "id"]
FLAWS += ["time", "one time", "one unit"]
# Each of these alone makes every part of a submission invalid.
ERRORS = ["refused", "negative", "above ceiling", "label", "twice", "group", "time"]
ERRORS += ["unit", "unit of another year", "two units", "two times"]


def one_of(*values: object) -> st.SearchStrategy:
    """Draw one of some values."""
    return st.sampled_from(values)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Draw a number with one to seven decimals, below 100."""
    n_decimals = draw(one_of(1, 1, 1, 2, 2, 3, 4, 5, 7))
    digits = str(draw(st.integers(0, 99_999_999))).rjust(n_decimals, "0")
    whole, decimals = digits[:-n_decimals][-2:], digits[-n_decimals:]
    return whole + draw(one_of(",", ".")) + decimals


CELLS = st.one_of(one_of(*SMALL), one_of(*SMALL), numbers())


@st.composite
def typos(draw: st.DrawFn, texts: st.SearchStrategy) -> str:
    """Draw a text in which a character may be lost, changed or added."""
    text = draw(texts) or ""
    place = draw(st.integers(0, len(text)))
    typed = draw(one_of(*"0159 .,-+:;TZe\t\n\u00a0\u2009\u202f\u2212", ""))
    return text[:place] + typed + text[place + draw(st.integers(0, 1)) :]


@st.composite
def typed(draw: st.DrawFn, label: str) -> str:
    """Draw a way to type a label, which stays the same label."""
    ways = [label] * 6 + [
        label.upper(),
        label.lower(),
        label.swapcase(),
        f" {label}\u00a0 ",
        f"\t{label}\r\n",
        f"\u2009{label.title()}\u202f",
    ]
    return draw(one_of(*ways))


# --- Random submissions ---------------------------------------------------------------


def edition_of(window: str, year: int) -> str:
    """Return the form edition of a year."""
    return MODELS[window].settings.editions[year]


def most(window: str, year: int, unit: str | None) -> Decimal:
    """Return the most person-years that a unit may have in a part (R21)."""
    inhabitants = MODELS[window].registers[year].get(unit, 0)
    return inhabitants * MODELS[window].settings.ceiling / 1000


@st.composite
def valid_parts(draw: st.DrawFn, window: str, row: dict, group: str) -> list[dict]:
    """Draw the lines of a part, in which nothing is wrong but perhaps the level."""
    edition = edition_of(window, row["year"])
    labels = draw(
        st.lists(one_of(*LABELS[edition, group]), min_size=1, max_size=3, unique=True)
    )
    part = []
    for label in labels:
        line = {**row, "del": GROUPS[group], "tjeneste": draw(typed(label))}
        line |= {column: draw(CELLS) for column in COLUMNS[edition]}
        if edition == "current":
            line["aarsverk_sum"] = draw(CELLS)
        part.append({**line, "merknad": draw(one_of(*REMARKS))})
    return part


@st.composite
def submissions(
    draw: st.DrawFn, window: str, year: int, unit: str, identifier: str
) -> list[dict]:
    """Draw a submission of one part or both, perhaps with a flaw."""
    time = draw(one_of(*TIMES)).format(year)
    row = {"year": year, "innsending_id": identifier, "enhet": unit, "mottatt": time}
    groups = draw(one_of(["adults"], ["children_youth"], [*GROUPS], [*GROUPS]))
    parts = [draw(valid_parts(window, row, group)) for group in groups]
    flaw = draw(one_of(*FLAWS))
    if flaw in ("time", "unit", "id"):
        spoil_submission(draw, flaw, parts)
    elif flaw:
        spoil_part(draw, window, flaw, parts[-1])
    return [line for part in parts for line in part]


def spoil_part(draw: st.DrawFn, window: str, flaw: str, part: list[dict]) -> None:
    """Put a flaw into a part."""
    line = part[-1]
    year = line["year"]
    columns = COLUMNS[edition_of(window, year)]
    column = draw(one_of(*columns))
    if flaw == "refused":
        line[column] = draw(one_of(*REFUSED))
    elif flaw == "negative":
        line[column] = draw(one_of(*NEGATIVE))
    elif flaw == "large":
        line[column] = draw(one_of(*LARGE))
    elif flaw == "typo":
        line[column] = draw(typos(CELLS))
    elif flaw in ("ceiling", "above ceiling"):
        for each in part:
            each.update(dict.fromkeys(columns))
        more = Decimal("0.0001") if flaw == "above ceiling" else 0
        line[column] = str(most(window, year, line["enhet"]) + more)
    elif flaw == "label":
        line["tjeneste"] = draw(one_of(*NO_LABELS))
    elif flaw == "other label":
        line["tjeneste"] = draw(one_of(*LABELS[draw(one_of(*LABELS))]))
    elif flaw == "twice":
        label = draw(typed(line["tjeneste"].strip()))
        part.append({**line, "tjeneste": label, column: draw(CELLS)})
    elif flaw == "sum" and "aarsverk_sum" in line:
        line["aarsverk_sum"] = draw(one_of(*REFUSED, *NEGATIVE))
    elif flaw == "group":
        label = draw(one_of(*NO_GROUPS))
        for each in part:
            each["del"] = label
    elif flaw == "one unit":
        line["enhet"] = draw(one_of(*NO_UNITS, "0301"))
    elif flaw == "one time":
        line["mottatt"] = in_year(draw(one_of(*NO_TIMES, *TIMES)), year)


def spoil_submission(draw: st.DrawFn, flaw: str, parts: list[list[dict]]) -> None:
    """Put a flaw into all lines of a submission."""
    year = parts[0][0]["year"]
    if flaw == "time":
        change = {"mottatt": in_year(draw(one_of(*NO_TIMES)), year)}
    elif flaw == "unit":
        change = {"enhet": draw(one_of(*NO_UNITS))}
    else:
        change = {"innsending_id": draw(one_of(None, " ", "\u00a0"))}
    for part in parts:
        for line in part:
            line.update(change)


def in_year(time: str | None, year: int) -> str | None:
    """Return a time of receipt in a year."""
    return time and time.format(year)


@st.composite
def sets(draw: st.DrawFn, window: str) -> list[dict]:
    """Draw submissions of a family of units or two, in the years of a window."""
    families = st.sampled_from(WINDOWS[window].families)
    chosen = draw(st.lists(families, min_size=1, max_size=2, unique_by=tuple))
    rows, identifiers = [], []
    for unit in (unit for family in chosen for unit in family):
        for year, register in MODELS[window].registers.items():
            often = [1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 3]
            if unit not in register:
                often = [0] * 15 + [1]
            for _ in range(draw(one_of(*often))):
                identifier = draw(one_of(*IDENTIFIERS)) + str(len(identifiers))
                if identifiers and draw(st.integers(0, 39)) == 39:
                    identifier = draw(one_of(*identifiers))
                identifiers.append(identifier)
                rows += draw(submissions(window, year, unit, identifier))
    return rows


@st.composite
def another_order(draw: st.DrawFn, rows: list[dict]) -> list[dict]:
    """Draw another order of the same rows."""
    other = list(rows)
    draw(st.randoms(use_true_random=False)).shuffle(other)
    return other


@st.composite
def invalid_submissions(draw: st.DrawFn, window: str, rows: list[dict]) -> list[dict]:
    """Draw a later submission to some of the rows, with an error in each part."""
    registers = MODELS[window].registers
    places = [
        (row["year"], row["enhet"])
        for row in rows
        if row["enhet"] in registers[row["year"]]
    ]
    year, unit = draw(one_of(*places, (max(registers), "0301")))
    row = {"year": year, "innsending_id": "~", "enhet": unit}
    row["mottatt"] = f"{year}-12-31"
    groups = draw(one_of(["adults"], ["children_youth"], [*GROUPS]))
    parts = [draw(valid_parts(window, row, group)) for group in groups]
    error = draw(one_of(*ERRORS))
    if error in ("unit", "time"):
        spoil_submission(draw, error, parts)
    for part in parts:
        spoil_part(draw, window, error, part)
    invalid = [line for part in parts for line in part]
    if error == "unit of another year":
        known = {unit["municipality_code"] for unit in MODELS[window].municipalities}
        code = draw(one_of(*sorted(known - registers[year].keys())))
        invalid = [{**line, "enhet": code} for line in invalid]
    elif error == "two units":
        invalid.append({**invalid[0], "enhet": draw(one_of(*NO_UNITS))})
    elif error == "two times":
        invalid.append({**invalid[0], "mottatt": f"{year}-12-30"})
    return invalid


@st.composite
def odd_texts(draw: st.DrawFn, window: str) -> list[dict]:
    """Draw many submissions of one line, with a typo here and there."""
    year = draw(one_of(*MODELS[window].registers))
    edition = edition_of(window, year)
    labels = LABELS[edition, "adults"]
    columns = COLUMNS[edition] + ["aarsverk_sum"] * (edition == "current")
    times = one_of(*(time.format(year) for time in TIMES))
    cells = typos(one_of(*SMALL, *LARGE, *NEGATIVE, *REFUSED))
    rows = []
    for n in range(draw(st.integers(20, 40))):
        row = {"year": year, "innsending_id": str(n), "enhet": "0301", "del": "voksne"}
        row["mottatt"] = draw(typos(times))
        row["tjeneste"] = draw(typos(typed(draw(one_of(*labels)))))
        rows.append(row | {column: draw(cells) for column in columns})
    return rows


# --- Results --------------------------------------------------------------------------


def result_of(project: CompiledProject, rows: list[dict]) -> Result:
    """Build the project on submissions, and return what it says of them."""
    project.read(rows)
    tables = {name: project.table(name, columns) for name, columns in TABLES.items()}
    findings = [row for row in tables["int_findings__after_review"] if row[-1] in RULES]
    return Result(
        responses={row[:3]: row[3:] for row in tables["fct_response"]},
        submissions={row[:3]: row[3:] for row in tables["fct_submission"]},
        findings=Counter(without_summary(finding) for finding in findings),
        cells={row[:5]: row[5] for row in tables["int_person_years__carried_forward"]},
    )


def without_summary(finding: tuple) -> tuple:
    """Leave out the text of the one rule that sums up several cells in it."""
    if finding[-1] == "inconsistent_submission":
        return (*finding[:6], None, finding[-1])
    return finding


def naive_result(window: str, rows: list[dict]) -> Result:
    """Return what the naive model says of submissions, as plain tuples."""
    naive = MODELS[window].judge(rows)
    return Result(
        responses={key: astuple(value) for key, value in naive.responses.items()},
        submissions={key: astuple(value) for key, value in naive.submissions.items()},
        findings=naive.findings,
        cells=naive.cells,
    )


def cells_by_place(result: Result) -> dict[tuple, dict]:
    """Return the cells of each year, unit and part."""
    places = defaultdict(dict)
    for (*place, service_code, education), fte in result.cells.items():
        places[tuple(place)][service_code, education] = fte
    return places


def sources(window: str, place: tuple) -> list[tuple[tuple, Decimal]]:
    """Return where a silent part looks in the year before, and for which share."""
    model = MODELS[window]
    year, unit, group = place
    if not model.may_carry_into(year):
        return []
    return [
        ((year - 1, old, group), share) for old, share in model.predecessors(year, unit)
    ]


def stand_in(window: str, result: Result, cells: dict, place: tuple) -> tuple:
    """Return the response and cells of a silent part, from the year before (R18)."""
    before = sources(window, place)
    years = [result.responses[old][2] for old, _ in before]
    nothing = ("missing", None, None, None, None, None), {}
    if not years or None in years:
        return nothing
    years_carried = place[0] - min(years)
    limit = MODELS[window].settings.max_years
    if limit is not None and years_carried > limit:
        return nothing
    had = [(cells[old], share) for old, share in before]
    gets = MODELS[window].carried_cells(place[0], had)
    fte = sum(gets.values(), Decimal(0))
    return ("carried_forward", None, min(years), years_carried, fte == 0, fte), gets


def rests_on(window: str, result: Result, place: tuple, year: int) -> bool:
    """Whether a part rests on an answer of the year, alone or among others."""
    if result.responses[place][0] == "reported":
        return place[0] == year
    return place[0] > year and any(
        rests_on(window, result, old, year) for old, _ in sources(window, place)
    )


# --- The properties -------------------------------------------------------------------


def agrees(project: CompiledProject, window: str, rows: list[dict]) -> None:
    """The project and the naive model say the same of every cell."""
    one, other = result_of(project, rows), naive_result(window, rows)
    differences = [
        (table, key, left.get(key), right.get(key))
        for table in ("responses", "submissions", "findings", "cells")
        for left, right in [(getattr(one, table), getattr(other, table))]
        for key in left.keys() | right.keys()
        if left.get(key) != right.get(key)
    ]
    assert differences == []


def adds_up(project: CompiledProject, window: str, rows: list[dict]) -> None:
    """Every row ends in exactly one of four places, year by year (R21)."""
    project.read(rows)
    places = "rows_used + rows_superseded + rows_rejected + rows_out_of_scope"
    accounted_for = Counter()
    for year, n in project.table("fct_submission", f"year, {places}"):
        accounted_for[year] += n
    assert accounted_for == Counter(row["year"] for row in rows)


def ignores_the_order(
    project: CompiledProject, window: str, rows: list[dict], other: list[dict]
) -> None:
    """The same rows in another order give the same tables, in every column."""

    def tables(of_rows: list[dict]) -> dict[str, list[tuple]]:
        project.read(of_rows)
        return {name: sorted(project.table(name), key=repr) for name in TABLES}

    assert tables(rows) == tables(other)


def rejects(
    project: CompiledProject, window: str, rows: list[dict], invalid: list[dict]
) -> None:
    """An invalid submission changes no figure, and can be seen (R20, R21)."""
    before, after = result_of(project, rows), result_of(project, rows + invalid)
    assert after.responses == before.responses
    assert after.cells == before.cells
    assert before.submissions.items() <= after.submissions.items()
    assert before.findings <= after.findings
    added = [
        (key[1], outcome, n_read)
        for key, (outcome, _, n_read, *_) in after.submissions.items()
        if key not in before.submissions
    ]
    assert {(identifier, outcome) for identifier, outcome, _ in added} == {
        ("~", "rejected")
    }
    assert sum(n_read for *_, n_read in added) == len(invalid)


def carries(
    project: CompiledProject, window: str, rows: list[dict], removed: int
) -> None:
    """Without the rows of one year, what R18 says changes, and nothing else."""
    before = result_of(project, rows)
    after = result_of(project, [row for row in rows if row["year"] != removed])
    was, now = cells_by_place(before), cells_by_place(after)

    for table in ("submissions", "findings"):
        kept = {k: v for k, v in getattr(before, table).items() if k[0] != removed}
        assert getattr(after, table) == kept
    assert after.responses.keys() == before.responses.keys()
    for place, response in after.responses.items():
        year = place[0]
        status, _, source_year, *_ = response
        is_same = response == before.responses[place] and now[place] == was[place]
        if year < removed or (year > removed and status == "reported"):
            assert is_same
            continue
        # Silent, in that year or a later one: it has what the year before gives.
        assert status != "reported" and source_year != removed
        assert (response, now[place]) == stand_in(window, after, now, place)
        if year > removed and not is_same:
            # It was silent all along, and what it had rested on that year.
            status, _, source_year, *_ = before.responses[place]
            assert status == "carried_forward" and source_year <= removed
            assert rests_on(window, before, place, removed)


def drawn(holds: Callable, window: str) -> st.SearchStrategy:
    """Return how to draw what a property is held on."""
    rows = sets(window)
    if holds is ignores_the_order:
        return rows.flatmap(lambda rows: st.tuples(st.just(rows), another_order(rows)))
    if holds is rejects:
        return rows.flatmap(
            lambda rows: st.tuples(st.just(rows), invalid_submissions(window, rows))
        )
    if holds is carries:
        # Nothing comes after the last year.
        return st.tuples(rows, one_of(*[*MODELS[window].registers][:-1]))
    return st.tuples(rows)


def on_random_sets(
    call: Callable,
    arguments: st.SearchStrategy,
    name: str,
    n: int,
    phases: Iterable[Phase] = tuple(Phase),
) -> None:
    """Call with n random sets of arguments: the name's, the same in every run."""

    @seed(crc32(name.encode()))
    @settings(
        max_examples=n * int(os.environ.get("ARSVERK_PROPERTY_EXAMPLES", "1")),
        phases=phases,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(arguments)
    def on_one(arguments: tuple) -> None:
        call(*arguments)

    on_one()


def hold(holds: Callable, project: CompiledProject, window: str, n: int) -> None:
    """Hold a property on n random sets."""
    name = f"{holds.__name__} {window}"
    on_random_sets(partial(holds, project, window), drawn(holds, window), name, n)


@pytest.mark.parametrize("window", WINDOWS)
def test_the_project_and_the_naive_model_agree_cell_by_cell(
    projects: dict[str, CompiledProject], window: str
) -> None:
    hold(agrees, projects[window], window, n=20)


@pytest.mark.parametrize("window", WINDOWS)
def test_the_project_and_the_naive_model_read_every_text_alike(
    projects: dict[str, CompiledProject], window: str
) -> None:
    arguments = st.tuples(odd_texts(window))
    on_random_sets(partial(agrees, projects[window], window), arguments, window, n=3)


def test_the_largest_numbers_in_every_cell_are_refused_and_stop_nothing(
    projects: dict[str, CompiledProject],
) -> None:
    labels = LABELS["current", "adults"]
    row = {"year": 2025, "innsending_id": "1", "enhet": "1103", "del": "voksne"}
    row |= {"mottatt": "2025-03-01", "aarsverk_sum": "9" * 40}
    row |= dict.fromkeys(COLUMNS["current"], "9" * 40)
    rows = [{**row, "tjeneste": label} for label in labels]
    agrees(projects["break"], "break", rows)
    (part,) = result_of(projects["break"], rows).submissions.values()
    assert part[0] == "rejected"


@pytest.mark.parametrize("window", WINDOWS)
def test_every_row_is_used_superseded_rejected_or_out_of_scope(
    projects: dict[str, CompiledProject], window: str
) -> None:
    hold(adds_up, projects[window], window, n=5)


@pytest.mark.parametrize("window", WINDOWS)
def test_the_order_of_rows_changes_nothing(
    projects: dict[str, CompiledProject], window: str
) -> None:
    hold(ignores_the_order, projects[window], window, n=3)


@pytest.mark.parametrize("window", WINDOWS)
def test_an_invalid_submission_changes_no_figure(
    projects: dict[str, CompiledProject], window: str
) -> None:
    hold(rejects, projects[window], window, n=3)


@pytest.mark.parametrize("window", WINDOWS)
def test_without_a_year_only_what_is_carried_from_it_changes(
    projects: dict[str, CompiledProject], window: str
) -> None:
    hold(carries, projects[window], window, n=3)


# --- The tests are tested themselves --------------------------------------------------


def happenings(window: str, rows: list[dict]) -> set[str]:
    """Return what happens in a set of submissions, by the naive model."""
    result = MODELS[window].judge(rows)
    happens = {finding[-1] for finding in result.findings}
    happens |= {part.outcome for part in result.submissions.values()}
    if any(part.rows_out_of_scope for part in result.submissions.values()):
        happens.add("out of scope")
    for place, response in result.responses.items():
        before = sources(window, place)
        if response.status == "carried_forward":
            happens.add("carried")
            if response.years_carried > 1:
                happens.add("carried again")
            if len(before) > 1:
                happens.add("carried by a merged unit")
            if any(share != 1 for _, share in before):
                happens.add("carried by a split unit")
            if edition_of(window, place[0]) != edition_of(window, place[0] - 1):
                happens.add("carried over the break")
        elif response.status == "missing" and before:
            had = {result.responses[old].status != "missing" for old, _ in before}
            if had == {True, False}:
                happens.add("missing since a predecessor is")
            elif had == {True}:
                happens.add("missing since it is too long ago")
    return happens


def test_the_random_sets_hold_all_that_can_happen() -> None:
    n_sets = Counter()
    for window in WINDOWS:
        on_random_sets(
            lambda rows, window=window: n_sets.update(happenings(window, rows)),
            drawn(agrees, window),
            f"agrees {window}",
            n=20,
        )
    often = {"used", "superseded", "rejected", "out of scope", "carried"}
    sometimes = {"carried again", "carried by a merged unit", "carried by a split unit"}
    sometimes |= {"carried over the break", "missing since a predecessor is"}
    sometimes |= {"missing since it is too long ago"}
    # What is drawn depends a little on which modules are loaded.
    assert min(n_sets[what] for what in often) >= 20, n_sets
    assert min(n_sets[what] for what in RULES | sometimes) >= 1, n_sets


# A mistake, the property that must not hold then, and the SQL: in which window and
# model, which text stands there, and which stands there by mistake.
MISTAKES = {
    "the earliest counts": (
        agrees,
        ("mergers", "int_submissions__latest_valid"),
        ("received_at desc", "received_at asc"),
    ),
    "services out of scope count": (
        agrees,
        ("break", "int_person_years__carried_forward"),
        ("and cells.in_scope", ""),
    ),
    "a number is cut after four decimals": (
        agrees,
        ("break", "stg_submissions__cells"),
        (", '.', 2), 5)", ", '.', 2), 4)"),
    ),
    "rows out of scope are used as well": (
        adds_up,
        ("break", "fct_submission"),
        ("outcomes.rows_read - outcomes.rows_out_of_scope", "outcomes.rows_read"),
    ),
    "chance decides at equal times": (
        ignores_the_order,
        ("mergers", "int_submissions__latest_valid"),
        (", submission_id desc", ""),
    ),
    "an invalid submission displaces a valid one": (
        rejects,
        ("other vars", "int_submissions__latest_valid"),
        ("n_errors = 0", "n_errors is null"),
    ),
    "a silent unit has what it had two years before": (
        carries,
        ("mergers", "int_reporting_units__predecessors"),
        ("years.year - 1", "years.year - 2"),
    ),
}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_sql_is_found(manifests: dict, mistake: str) -> None:
    holds, (window, model), (text, other_text) = MISTAKES[mistake]
    replace = (model, text, other_text)
    project = WINDOWS[window].project(manifests[window], replace=replace)

    with pytest.raises(AssertionError):
        on_random_sets(
            partial(holds, project, window),
            drawn(holds, window),
            mistake,
            n=100,
            phases=[Phase.generate],
        )
