"""The branches of the questions, found by asking the code that runs: triage.py and plan.py.

Nothing is written down a second time here: small cases are tried, and what that code makes of them is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone

from knowledge.case import CHOICES, LIST_FIELDS, SITUATIONS, Case
from knowledge.pack import Pack
from knowledge.plan import first_steps
from knowledge.triage import PATHS, applies

#: The plan is asked for at some moment; nothing told here depends on which.
NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Question:
    """One question of a branch. ``urgent``: an answer to it may bring the first steps.

    ``unless`` is what leaves it out: "moved" that no money has moved, "paid" that those who offer to get it
    back were not paid.
    """

    id: str
    unless: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True)
class Branch:
    """Situations that are asked the same. ``urgent``: naming the situation alone brings the first steps."""

    situations: tuple[str, ...]
    urgent: bool
    questions: tuple[Question, ...]


def branches(pack: Pack) -> tuple[Branch, ...]:
    """Every branch, in the order of the situations."""
    found: dict[tuple[bool, tuple[Question, ...]], list[str]] = {}
    for situation in SITUATIONS:
        found.setdefault(_asked(situation, pack), []).append(situation)
    return tuple(Branch(tuple(names), *alike) for alike, names in found.items())


def _asked(situation: str, pack: Pack) -> tuple[bool, tuple[Question, ...]]:
    """Whether the situation alone brings the first steps, and its questions."""
    case = Case(situation=situation, language=pack.languages[0], region=pack.id)
    given = {step.id for step in first_steps(case, pack, NOON, ())}
    urgent, questions = bool(given), []
    for question in PATHS[situation]:
        follow = {
            step.id
            for answer in _probes(question)
            for step in first_steps(case.with_(**{question: answer}), pack, NOON, given)
        }
        questions.append(Question(question, _unless(situation, question), bool(follow)))
        given |= follow
    return urgent, tuple(questions)


def _unless(situation: str, question: str) -> tuple[str, ...]:
    """The answers that leave ``question`` out, found by asking triage.py without one fact at a time."""
    everything = Case(situation=situation, channels=("any",), recovery="paid", second_channels=("any",))
    without = {"paid": everything.with_(recovery="none"), "moved": everything.with_(channels=())}
    return tuple(word for word, case in without.items() if not applies(case, question))


def _probes(question: str) -> Iterator[object]:
    """Each choice there is. Free answers (a bank, a sum) bring no steps by themselves."""
    for choice in CHOICES.get(question, ()):
        yield (choice,) if question in LIST_FIELDS else choice
