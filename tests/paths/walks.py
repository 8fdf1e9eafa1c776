"""The walks: ways through the questions, worked out from ``knowledge`` alone, before any server is asked.

All ways cannot be walked; most differ in nothing. Answers of one kind are interchangeable, and a plan
is nothing but the steps that apply, each of which reads a few fields. So these walks go through
- every order in which the questions can come, with every place to skip and to finish early,
- every pair of answers to two questions about the first loss,
- every combination of answers that a step of the pack reads together,
- every answer that a button gives.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.case import Case
from knowledge.plan import applies
from knowledge.triage import QUESTIONS, answered, next_question

from .answers import NONE, PLATFORMS, SECOND, Answer, Answers

Walk = tuple[Answer, ...]
Target = Hashable

#: So many ways beside the first: the third is asked for like the second.
MORE_CHANNELS = 1
#: So many tries to reach a target with other answers around it before it counts as out of reach.
TRIES = 12


@dataclass(frozen=True)
class Counts:
    """How many ways there are, and how many are left when what makes no difference is taken away."""

    ways: int
    kinds: int
    orders: int


@dataclass(frozen=True)
class Walks:
    answers: Answers

    def _choices(self, case: Case, question: str) -> Iterator[tuple[Answer, ...]]:
        """The kinds of answers that make sense: no channel twice, platforms only of the channels told."""
        given = case.channels or ()
        for kind in self.answers.kinds[question]:
            fitting = kind
            if question == "channels_complete":
                fitting = tuple(a for a in kind if a.field != "channels" or self._further(given, a))
            elif question == "situation" and case.for_whom is not None:
                fitting = tuple(a for a in kind if a.field != "for_whom")
            elif question in PLATFORMS:
                fitting = tuple(a for a in kind if self._paid_with(case, a))
            if fitting:
                yield fitting

    def _further(self, given: Sequence[str], answer: Answer) -> bool:
        return answer.value not in given and len(given) <= MORE_CHANNELS

    def _paid_with(self, case: Case, answer: Answer) -> bool:
        platform = self.answers.pack.platforms.get(answer.value)
        return platform is None or bool(
            set(platform.channels) & set(getattr(case, PLATFORMS[answer.question]) or ())
        )

    @cached_property
    def counts(self) -> Counts:
        memo: dict[Target, tuple[int, int]] = {}

        def count(case: Case) -> tuple[int, int]:
            question = next_question(case)
            if question is None:
                return 1, 1
            state = self._open(case)
            if state not in memo:
                ways = kinds = 0
                for kind in self._choices(case, question):
                    below = count(self.answers.give(case, kind[0]))
                    ways += len(kind) * below[0]
                    kinds += below[1]
                memo[state] = ways, kinds
            return memo[state]

        return Counts(*count(Case()), orders=len(self.orders))

    @cached_property
    def orders(self) -> dict[tuple[str, ...], Walk]:
        """Every order in which questions can be asked -> the first walk that has it."""
        found: dict[tuple[str, ...], Walk] = {}
        seen: set[Target] = set()

        def follow(case: Case, walk: Walk) -> None:
            question = next_question(case)
            asked = tuple(a.question for a in walk)
            if question is None:
                found.setdefault(asked, walk)
                return
            state = (asked, self._open(case))
            if state in seen:
                return
            seen.add(state)
            for kind in self._choices(case, question):
                follow(self.answers.give(case, kind[0]), (*walk, kind[0]))

        follow(Case(), ())
        return found

    def _open(self, case: Case) -> Target:
        """What decides which questions can still come: equal for two cases with the same ways before them."""
        read = tuple(getattr(case, field) for field in self.answers.steering)
        return (*read, *(answered(case, question) for question in QUESTIONS))

    def cases(self, walk: Walk) -> list[Case]:
        """The case before each answer of a walk, and at its end."""
        found = [Case()]
        for answer in walk:
            found.append(self.answers.give(found[-1], answer))
        return found

    def pairs(self, walk: Walk) -> set[Target]:
        """Pairs of answers about the first loss: the second is a case of its own."""
        kinds = [self.answers.kind(a) for a in walk if self._pairs(a)]
        return {("pair", *pair) for pair in itertools.combinations(kinds, 2) if pair[0][0] != pair[1][0]}

    def _pairs(self, answer: Answer) -> bool:
        return not answer.question.startswith(SECOND) and (bool(answer.field) or answer.value != "finish")

    def reads(self, walk: Walk) -> set[Target]:
        """For every step: which of the fields it reads let it apply at the end of this walk."""
        case = self.cases(walk)[-1]
        found: set[Target] = set()
        for step, fields in self._readings:
            found.add(("step", step.id, *(self._lets(step, f, case) for f in fields), applies(step, case)))
        return found

    @cached_property
    def _readings(self) -> list[tuple]:
        return [(s, self.answers.reads(s)) for s in self.answers.pack.steps.values()]

    def _lets(self, step, field: str, case: Case) -> bool | None:
        held = getattr(case, field)
        if held is None or held == ():
            return None
        at = self._place[step.id]
        values = held if isinstance(held, tuple) else (held,)
        return any(self.answers.classes(field)[v][1][at] for v in values)

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {step: n for n, step in enumerate(self.answers.pack.steps)}

    def targets(self, walk: Walk) -> set[Target]:
        """Everything that this walk visits."""
        found: set[Target] = {("order", tuple(a.question for a in walk))}
        found |= {("answer", a) for a in walk if self._by_button(a)}
        found |= {("kind", self.answers.kind(a)) for a in walk}
        case = self.cases(walk)[-1]
        found |= {("reached", step.id) for step, _ in self._readings if applies(step, case)}
        return found | self.pairs(walk) | self.reads(walk)

    def _by_button(self, answer: Answer) -> bool:
        platform = self.answers.pack.platforms.get(answer.value)
        return answer.field not in PLATFORMS or platform is None or platform.button

    def _complete(self, forced: Mapping[str, tuple[Answer, ...]], chance: random.Random) -> Walk | None:
        """A walk that answers ``forced`` questions so; None when one of them is not asked."""
        case, walk, left = Case(), (), dict(forced)
        while (question := next_question(case)) is not None:
            if question in left:
                kind = left.pop(question)
                if not any(set(kind) & set(fit) for fit in self._choices(case, question)):
                    return None
            else:
                options = [k for k in self._choices(case, question) if k[0].value != "finish" or k[0].field]
                kind = chance.choice(options)
            answer = chance.choice([a for fit in self._choices(case, question) for a in fit if a in kind])
            walk = (*walk, answer)
            case = self.answers.give(case, answer)
        return walk if not left else None

    def all(self, seed: int) -> list[Walk]:
        """The walks that visit every target that can be reached, the same for the same seed."""
        chance = random.Random(seed)
        chosen: list[Walk] = []
        visited: set[Target] = set()

        def take(walk: Walk | None) -> None:
            if walk is not None and (new := self.targets(walk)) - visited:
                chosen.append(walk)
                visited.update(new)

        for walk in self.orders.values():
            take(walk)
        questions = list(self.answers.kinds)
        for first, second in itertools.combinations(questions, 2):
            for one, other in itertools.product(self.answers.kinds[first], self.answers.kinds[second]):
                if not self._pairs(one[0]) or not self._pairs(other[0]):
                    continue
                if ("pair", self.answers.kind(one[0]), self.answers.kind(other[0])) in visited:
                    continue
                self._try({first: one, second: other}, visited, take, chance)
        for step, fields in self._readings:
            asked = [f for f in fields if f in self.answers.kinds]
            for kinds in itertools.product(*(self._first_of_each(step, f) for f in asked)):
                take(self._complete(dict(zip(asked, kinds, strict=True)), chance))
        for question, kinds in self.answers.kinds.items():
            for kind in kinds:
                for answer in kind:
                    if self._by_button(answer) and ("answer", answer) not in visited:
                        self._try({question: (answer,)}, visited, take, chance)
        return chosen

    def _try(self, forced, visited, take, chance) -> None:
        for _ in range(TRIES):
            before = len(visited)
            take(self._complete(forced, chance))
            if len(visited) > before:
                return

    def _first_of_each(self, step, field: str) -> list[tuple[Answer, ...]]:
        """One kind for each way in which a step can read the answer to a question."""
        found: dict[object, tuple[Answer, ...]] = {}
        for kind in self.answers.kinds[field]:
            answer = kind[0]
            if answer.field == field and answer.value != NONE:
                found.setdefault(self.answers.classes(field)[answer.value][1][self._place[step.id]], kind)
            elif answer.value == "skip":
                found.setdefault(None, kind)
        return list(found.values())


def cover(walks: Iterable[Walk], targets: Mapping[Walk, set[Target]], wanted: set[Target]) -> list[Walk]:
    """The fewest of ``walks`` (greedily) that visit all of ``wanted``."""
    left, chosen, pool = set(wanted), [], list(walks)
    while left:
        best = max(pool, key=lambda w: len(targets[w] & left))
        if not targets[best] & left:
            break
        chosen.append(best)
        left -= targets[best]
    return chosen
