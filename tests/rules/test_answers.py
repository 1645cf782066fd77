"""The form's other questions: a second reading, and what was published."""

import csv
from collections import defaultdict
from datetime import datetime

import pytest

from compiled_project import CompiledProject, read_manifest
from conftest import ROOT, Build

YEARS = (2023, 2024, 2025)


def rows_of(path: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded(text: str) -> str:
    return text.strip(" \u00a0\u2009\u202f\t\r\n").lower()


def time_of(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo is None and "Z" not in text else None


def people(year: int) -> dict[str, int]:
    """The inhabitants of the units that are asked: no city-wide unit of Oslo."""
    found = {
        row["municipality_code"]: int(row["population"])
        for row in rows_of("reference/population")
        if row["year"] == str(year) and row["municipality_code"] != "0301"
    }
    for row in rows_of("reference/district_population"):
        code = row["district_code"]
        # Sentrum, Marka and the unspecified are no reporting units.
        if row["year"] == str(year) and "030101" <= code <= "030115":
            found[code] = int(row["population"])
    return found


def shares_read_naively(year: int) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Numbers and bases by question, answer and size group, from docs/methods.md."""
    units = people(year)
    scales: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of("reference/answers"):
        for label in (row["answer_code"], row["name_nb"]):
            scales[row["scale_code"]][folded(label)] = row["answer_code"]
    questions = {row["question_code"]: row for row in rows_of("reference/questions")}
    labels = {
        folded(label): code
        for code, row in questions.items()
        for label in (code, row["text_nb"])
    }

    senders, given = defaultdict(set), defaultdict(list)
    for row in rows_of(f"submissions/answers_{year}"):
        sender = (row["enhet"], time_of(row["mottatt"]) or row["mottatt"])
        senders[row["innsending_id"]].add(sender)
        given[row["innsending_id"], folded(row["sporsmal"])].append(row)
    latest: dict[tuple[str, str], tuple] = {}
    for (submission, label), rows in given.items():
        unit, received = rows[0]["enhet"], time_of(rows[0]["mottatt"])
        code = labels.get(label)
        if len(senders[submission]) > 1 or not received:
            continue
        if unit not in units or code is None:
            continue
        scale = scales[questions[code]["scale_code"]]
        answers = {scale.get(folded(row["svar"])) for row in rows} - {None}
        if questions[code]["is_multiple"] == "false" and len(answers) > 1:
            continue
        if answers:
            found = (received, submission, answers)
            latest[unit, code] = max(latest.get((unit, code), found), found)

    groups = [
        (row["size_group_code"], int(row["population_min"]))
        for row in rows_of("reference/size_groups")
    ]
    n, base = defaultdict(int), defaultdict(int)
    for (unit, code), (_, _, answers) in latest.items():
        size = [group for group, least in groups if units[unit] >= least][-1]
        for group in ("all", size):
            base[code, group] += 1
            for answer in answers:
                n[code, answer, group] += 1
    return {
        (code, answer, group): (n[code, answer, group], base[code, group])
        for code, row in questions.items()
        for answer in set(scales[row["scale_code"]].values())
        for group in ("all", *(group for group, _ in groups))
    }


@pytest.mark.parametrize("year", YEARS)
def test_r28_the_shares_are_those_of_a_second_reading(build: Build, year: int) -> None:
    computed = {
        (question, answer, group): (n, base)
        for question, answer, group, n, base in build.query(
            f"""select question_code, answer_code, size_group_code, n, base
            from marts.fct_answer_share where year = {year}"""
        )
    }
    assert sum(base for _, base in computed.values()) > 0
    assert computed == shares_read_naively(year)


# R28
def test_every_answer_read_is_accounted_for(build: Build) -> None:
    for year in YEARS:
        read = len(rows_of(f"submissions/answers_{year}"))
        ((judged,),) = build.query(
            f"""select count(*) from intermediate.int_answers__outcome
            where year = {year} and outcome in (
                'used', 'superseded', 'unanswered', 'rejected'
            )"""
        )
        assert judged == read > 3000


# R28
def test_the_published_shares_of_2023_come_out(build: Build) -> None:
    found = build.query(
        """select figure_code, target_group, aspect, cast(published as integer)
        from marts.fct_reconciliation
        where unit = 'percent' and aspect != 'change' and verdict = 'equal'
        order by figure_code, target_group, aspect"""
    )
    assert found == [
        ("cooperation_pathway_3", "all", "poor", 10),
        ("discharge_problems", "all", "large_or_some", 53),
        ("requests_mental_health", "adults", "large_increase", 36),
        ("requests_mental_health", "adults", "small_increase", 41),
        ("requests_mental_health", "adults", "unchanged", 18),
        ("requests_mental_health", "children_youth", "large_increase", 34),
        ("requests_mental_health", "children_youth", "small_increase", 36),
        ("requests_mental_health", "children_youth", "unchanged", 21),
        ("staff_use", "all", "changed", 50),
        ("staff_use", "all", "planned", 21),
    ]


# R28
def test_what_was_said_of_2023_in_words_holds(build: Build) -> None:
    """Half changed the use of staff, more of them the larger they are."""
    changed = [
        share
        for (share,) in build.query(
            """select share from marts.fct_answer_share
            where year = 2023 and question_code = 'staff_use'
                and answer_code = 'changed' and size_group_code != 'all'
            order by size_group_sort_order"""
        )
    ]
    assert len(changed) == 7
    assert changed == sorted(set(changed))
    shares = {
        (question, answer): share
        for question, answer, share in build.query(
            """select question_code, answer_code, share from marts.fct_answer_share
            where year = 2023 and size_group_code = 'all'"""
        )
    }
    assert 0.4 < shares["open_afternoon_or_evening", "yes"] < 0.5
    for group in ("adults", "children_youth"):
        mental, substance = (
            shares[f"requests_{subject}_{group}", "large_increase"]
            + shares[f"requests_{subject}_{group}", "small_increase"]
            for subject in ("mental_health", "substance_use")
        )
        assert substance < mental / 2
    reasons = {
        answer: share
        for (question, answer), share in shares.items()
        if question == "discharge_problem_reasons"
    }
    two = sorted(reasons, key=lambda answer: -reasons[answer])[:2]
    assert set(two) == {"lack_of_housing", "short_notice"}


def test_shares_are_labelled_as_a_reconstruction_by_their_own_submissions(
    build: Build,
) -> None:
    assert build.query(
        "select distinct is_reconstruction from marts.fct_answer_share where n > 0"
    ) == [(True,)]
    # The same answers, of which those of 2025 are no longer called the demo's.
    project = CompiledProject(
        read_manifest(build.manifest), ["fct_answer_share", "fct_sentence"]
    )
    for seed in project.raw:
        # Nothing was asked before 2023.
        if seed["name"][-4:] >= "2023":
            project.copy(seed)
    project.connection.execute(
        """update arsverk.raw.answers_2025
        set innsending_id = replace(innsending_id, 'demo-2025', '2025')"""
    )
    project.rebuild()
    assert project.query(
        """select year, bool_or(is_reconstruction) from marts.fct_answer_share
        where base > 0 group by year order by year"""
    ) == [(2023, True), (2024, True), (2025, False)]
