"""Write the demo answers to the form's questions: a reconstruction.

The shares published for 2023 come out of them; every single answer, and all of
2024 and 2025, is invented (docs/demo-data.md). What is invented stands in
plan.py; here answers are dealt out to the units that sent a form.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .figures import OSLO, Reference, apportion, draw
from .plan import (
    ADULTS,
    ANSWER_DEFECTS,
    ANSWER_SHARES,
    ANSWER_TILT,
    CHILDREN,
    AnswerDefect,
)

COLUMNS = ("innsending_id", "enhet", "mottatt", "sporsmal", "svar", "merknad")
YEARS = tuple(sorted(ANSWER_SHARES))

Answers = dict[str, dict[str, list[str]]]  # unit -> question -> answers


@dataclass(frozen=True)
class Question:
    """One question, with its answers in order."""

    code: str
    part: str  # the part of the form that it stands on
    is_multiple: bool
    condition: tuple[str, str] | None  # asked if this question has this summary
    text: str
    answers: dict[str, str]  # answer -> its wording
    summaries: dict[str, str]  # answer -> the summary that it belongs to


@dataclass(frozen=True)
class Sent:
    """A submission that answers come with."""

    submission_id: str
    unit: str
    received: str
    parts: tuple[str, ...]
    is_right: bool  # whether its answers are those that count


def seed(ref: Reference, name: str) -> list[dict[str, str]]:
    """The rows of a file of seeds/reference."""
    with (ref.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def catalogue(ref: Reference) -> list[Question]:
    """The questions, in the order of the form."""
    scales: dict[str, list[dict[str, str]]] = {}
    for row in seed(ref, "answers"):
        scales.setdefault(row["scale_code"], []).append(row)
    questions = []
    for row in seed(ref, "questions"):
        answers = scales[row["scale_code"]]
        condition = (row["asked_if_question_code"], row["asked_if_summary_code"])
        questions.append(
            Question(
                code=row["question_code"],
                part=CHILDREN if row["target_group"] == CHILDREN else ADULTS,
                is_multiple=row["is_multiple"] == "true",
                condition=condition if condition[0] else None,
                text=row["text_nb"],
                answers={a["answer_code"]: a["name_nb"] for a in answers},
                summaries={a["answer_code"]: a["summary_code"] for a in answers},
            )
        )
    return questions


class YearOfAnswers:
    """Who answers what in one year."""

    def __init__(self, ref: Reference, year: int, sent: Iterable[Sent]) -> None:
        self.ref, self.year = ref, year
        self.sent = [s for s in sent if s.unit != OSLO]
        self.questions = catalogue(ref)
        self.defects = [d for d in ANSWER_DEFECTS if d.year == year]
        self.limits = [int(row["population_min"]) for row in seed(ref, "size_groups")]
        self.answers: Answers = {}
        for question in self.questions:
            self._deal(question)

    def _size(self, unit: str) -> int:
        """The place of the unit's population-size group, from the smallest."""
        people = self.ref.population[self.year, unit]
        return sum(people >= limit for limit in self.limits) - 1

    def _who_answers(self, question: Question) -> list[str]:
        """The units that answer a question, in no order that means anything."""
        spoiled = {
            d.unit for d in self.defects if question.code in (d.question, d.instead_of)
        }
        units = {s.unit for s in self.sent if s.is_right and question.part in s.parts}
        chosen = []
        for unit in sorted(units - spoiled):
            leaves_all_out = draw("questions", self.year, unit).random() < 0.03
            skips = draw("item", self.year, unit, question.code).random() < 0.03
            if not leaves_all_out and not skips and self._is_asked(question, unit):
                chosen.append(unit)
        return sorted(
            chosen, key=lambda u: draw("deal", self.year, question.code, u).random()
        )

    def _is_asked(self, question: Question, unit: str) -> bool:
        if question.condition is None:
            return True
        code, summary = question.condition
        (asked,) = [q for q in self.questions if q.code == code]
        given = self.answers.get(unit, {}).get(code, [])
        return summary in {asked.summaries[answer] for answer in given}

    def _deal(self, question: Question) -> None:
        """Deal the answers out so that the shares of the plan come out."""
        shares = ANSWER_SHARES[self.year][question.code]
        units = self._who_answers(question)
        groups: list[list[str]] = [[] for _ in self.limits]
        for unit in units:
            groups[self._size(unit)].append(unit)
        if question.is_multiple:
            for answer, share in shares.items():
                n = (2 * len(units) * share + 100) // 200
                for unit in self._pick(question, answer, n, groups):
                    self._give(unit, question, answer)
            for unit in units:
                if question.code not in self.answers.get(unit, {}):
                    self._give(unit, question, "other")
            return
        counts = apportion(len(units), list(shares.values()))
        left = [list(group) for group in groups]
        for answer, n in zip(shares, counts, strict=True):
            picked = self._pick(question, answer, n, left)
            left = [[u for u in group if u not in picked] for group in left]
            for unit in picked:
                self._give(unit, question, answer)

    def _pick(
        self, question: Question, answer: str, n: int, groups: list[list[str]]
    ) -> set[str]:
        """Choose units, more of the large ones where the plan tilts an answer."""
        tilt = ANSWER_TILT.get((question.code, answer), 0)
        weights = [
            len(group) * (100 + tilt * (place - len(groups) // 2))
            for place, group in enumerate(groups)
        ]
        picked = set()
        for group, size in zip(groups, apportion(n, weights), strict=True):
            if size > len(group):
                raise ValueError(f"too few units for {question.code}: {answer}")
            by_chance = sorted(
                group,
                key=lambda u: draw(
                    "answer", self.year, question.code, answer, u
                ).random(),
            )
            picked |= set(by_chance[:size])
        return picked

    def _give(self, unit: str, question: Question, answer: str) -> None:
        given = self.answers.setdefault(unit, {}).setdefault(question.code, [])
        given.append(answer)
        given.sort(key=list(question.answers).index)

    def rows(self) -> list[tuple[str, ...]]:
        """The lines of the file, as typed."""
        rows = []
        for sent in self.sent:
            for question in self.questions:
                if question.part in sent.parts:
                    rows += self._typed(sent, question)
        for defect in self.defects:
            rows += self._typed_wrongly(defect)
        order = {q.code: n for n, q in enumerate(self.questions)}
        text = {q.text: q.code for q in self.questions}

        def place(row: tuple[str, ...]) -> tuple[str, int]:
            question = row[3].strip()
            return row[0], order.get(text.get(question, question.lower()), 99)

        return sorted(rows, key=place)

    def _typed(self, sent: Sent, question: Question) -> list[tuple[str, ...]]:
        answers = self.answers.get(sent.unit, {}).get(question.code, [])
        key = (self.year, sent.unit, question.code, sent.is_right)
        if answers and not sent.is_right:  # an earlier version, answered otherwise
            options = list(question.answers)
            place = options.index(answers[0]) + 1
            answers = [options[place % len(options)]]
        hand = draw("typed", *key)
        style, letters = hand.random(), hand.random()
        rows = []
        for answer in answers:
            texts = [question.code, answer]
            if style < 0.04:  # in words, as they stand on the form
                texts = [question.text, question.answers[answer]]
            if letters < 0.01:
                texts = [texts[0], f"{texts[1].upper()} "]
            rows.append((sent.submission_id, sent.unit, sent.received, *texts, ""))
        return rows

    def _typed_wrongly(self, defect: AnswerDefect) -> list[tuple[str, ...]]:
        """What the table of defects says, with the unit's last form."""
        forms = [
            s for s in self.sent if s.unit == defect.unit and defect.part in s.parts
        ]
        sent = forms[-1]
        return [
            (sent.submission_id, sent.unit, sent.received, defect.question, raw, "")
            for raw in defect.raw
        ]


def write(ref: Reference, year: int, sent: Iterable[Sent], folder: Path) -> Path:
    """Write one year's file."""
    sent = list(sent)
    rows = YearOfAnswers(ref, year, sent).rows()
    rows += [  # the city-wide unit, which is not asked
        (s.submission_id, s.unit, s.received, "staff_use", "changed", "")
        for s in sent
        if year == max(YEARS) and s.unit == OSLO and ADULTS in s.parts and s.is_right
    ]
    path = folder / f"answers_{year}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows, key=lambda row: row[0]))
    return path


def defect_table(sent: dict[int, list[Sent]]) -> str:
    """The answers that cannot be used, as Markdown."""
    lines = [
        "| submission | unit | check | `sporsmal` | `svar` |",
        "|---|---|---|---|---|",
    ]
    for year in YEARS:
        for defect in ANSWER_DEFECTS:
            if defect.year == year:
                (form,) = [
                    s
                    for s in sent[year]
                    if s.unit == defect.unit and s.is_right and defect.part in s.parts
                ]
                raw = ", ".join(f"`{answer}`" for answer in defect.raw)
                lines.append(
                    f"| {form.submission_id} | {defect.unit} | `{defect.check}`"
                    f" | `{defect.question}` | {raw} |"
                )
    (city,) = [
        s
        for s in sent[max(YEARS)]
        if s.unit == OSLO and ADULTS in s.parts and s.is_right
    ]
    lines.append(
        f"| {city.submission_id} | {OSLO} | `unit_not_asked`"
        " | `staff_use` | `changed` |"
    )
    return "\n".join(lines)
