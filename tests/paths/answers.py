"""Every answer that a question can get, and which of them are the same to the dialogue.

Nothing is listed by hand: the answers are read from the domain's buttons and the pack, each one's
effect from ``knowledge``. Two values of a field are one class when, whatever else was answered, the same
questions follow and the same steps apply.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from knowledge.case import CHOICES, LIST_FIELDS, MONEY_FIELDS, SECOND_CHOICES, Case
from knowledge.intake import Heard, take_in
from knowledge.pack import Pack, Step
from knowledge.payloads import payload
from knowledge.plan import applies
from knowledge.triage import QUESTIONS, finish, leave_open, path

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "rasa_project" / "domain"
#: What is typed where no button says it; any sum is as good as any other to the dialogue.
AMOUNT = {"value": 3000.0, "currency": "CNY"}
#: Answered with a name of the pack; and the field that says which names make sense.
PLATFORMS = {"platforms": "channels", "second_platforms": "second_channels"}
#: A field of the second loss is read as the field of the first is, in a plan of its own.
SECOND = "second_"
NONE = "none"


@dataclass(frozen=True, order=True)
class Answer:
    """What a person does at ``question``: answer with ``value`` for ``field``, or press a button without one.

    ``field`` is empty for skip and finish; ``value`` is then the intent.
    """

    question: str
    field: str
    value: str

    @property
    def payload(self) -> str:
        return payload("answer", **{self.field: self.value}) if self.field else f"/{self.value}"

    def __str__(self) -> str:
        return f"{self.question}={self.value}" if self.field else f"{self.question}:{self.value}"


def responses() -> dict[str, list[dict[str, Any]]]:
    """Every response of the domain, by name: its variations."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(DOMAIN.glob("*.yml")):
        found |= yaml.safe_load(file.read_text(encoding="utf-8")).get("responses") or {}
    return found


def button_payloads(variation: Mapping[str, Any]) -> list[str]:
    """The payloads of a response's buttons, as they are sent (the domain doubles the braces of JSON)."""
    return [re.sub(r"\{\{(.*)\}\}", r"{\1}", button["payload"]) for button in variation.get("buttons") or ()]


def parse(button: str) -> tuple[str, dict[str, str]]:
    """(intent, values) of a payload."""
    intent, brace, rest = button.removeprefix("/").partition("{")
    return intent, json.loads(brace + rest) if brace else {}


@dataclass(frozen=True)
class Answers:
    """The answers to every question in one region."""

    pack: Pack

    @cached_property
    def at(self) -> dict[str, tuple[Answer, ...]]:
        """question -> what can be answered there, by button or, where there is none, in words."""
        known = responses()
        found: dict[str, list[Answer]] = {}
        for question in QUESTIONS:
            answers = []
            for button in button_payloads(known[f"utter_ask_{question}"][0]):
                intent, values = parse(button)
                name, value = next(iter(values.items()), ("", intent))
                answers.append(Answer(question, name, value))
            # These come from the pack by an action, or can only be typed.
            if question == "channels_complete":
                answers += [Answer(question, "channels", i) for i in self.pack.channels]
            if question in PLATFORMS:
                answers += [Answer(question, question, i) for i in self.pack.platforms]
            if question in MONEY_FIELDS:
                answers.append(Answer(question, question, str(int(AMOUNT["value"]))))
            skip = Answer(question, "", "skip")
            found[question] = list(dict.fromkeys([*answers, skip, Answer(question, "", "finish")]))
        return {question: tuple(answers) for question, answers in found.items()}

    def give(self, case: Case, answer: Answer) -> Case:
        """The case after ``answer``, as the dialogue takes it in."""
        if answer.value == "skip" and not answer.field:
            return leave_open(case, answer.question)
        if answer.value == "finish" and not answer.field:
            return finish(case)
        value: Any = AMOUNT if answer.field in MONEY_FIELDS else answer.value
        heard = Heard("answer", {answer.field: value}, asked=answer.question, pressed=True)
        return take_in(case, heard, self.pack)

    def classes(self, field: str) -> Mapping[str, tuple[Any, ...]]:
        """value -> its class, for every value of a field and for "none"."""
        return self._classes[field]

    @cached_property
    def _classes(self) -> dict[str, dict[str, tuple[Any, ...]]]:
        return {
            field: {v: (self._following(field, v), self._steps(field, v)) for v in self.values[field]}
            for field in self.values
        }

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Every field of the case that is a choice -> its values, "none" among them for lists."""
        fields = {**CHOICES, **SECOND_CHOICES, **{name: tuple(self.pack.platforms) for name in PLATFORMS}}
        return {
            name: (*values, *((NONE,) if name in LIST_FIELDS and NONE not in values else ()))
            for name, values in fields.items()
        }

    def _with(self, case: Case, field: str, value: str) -> Case:
        held: Any = value
        if field in LIST_FIELDS:
            held = () if value == NONE else (value,)
        return case.with_(**{field: held})

    @cached_property
    def _contexts(self) -> tuple[Mapping[str, str], ...]:
        """What else may have been answered: any two fields. No rule about questions reads more than three."""
        few = {name: values[:2] if name in PLATFORMS else values for name, values in self.values.items()}
        found: list[Mapping[str, str]] = [{}]
        few = {name: values[:2] if name == "circumstances" else values for name, values in few.items()}
        for first, second in itertools.combinations(few, 2):
            found += [{first: a, second: b} for a in few[first] for b in few[second]]
        return tuple(found)

    def _following(self, field: str, value: str) -> tuple[Any, ...]:
        """The questions of a case with this value, in every context; equal for equal values."""
        if field in PLATFORMS:
            # No question reads them; a hundred names times every context would say so very slowly.
            return path(self._with(Case(situation="lost_money", channels=("cash",)), field, value))
        seen = []
        for context in self._contexts:
            if field in context:
                continue
            case = Case()
            for name, other in context.items():
                case = self._with(case, name, other)
            seen.append(path(self._with(case, field, value)))
        return tuple(seen)

    def _steps(self, field: str, value: str) -> tuple[bool, ...]:
        """For every step whether this value lets it apply, all else being as the step wants it."""
        field = field.removeprefix(SECOND)
        return tuple(
            applies(step, self._with(self._wanted(step, field), field, value))
            for step in self.pack.steps.values()
        )

    def _wanted(self, step: Step, but: str) -> Case:
        case = Case()
        for name, wanted in step.when.items():
            if name != but:
                case = self._with(case, name, wanted[0])
        return case

    def reads(self, step: Step) -> tuple[str, ...]:
        """The fields on which it depends whether ``step`` applies."""
        at = list(self.pack.steps).index(step.id)
        return tuple(
            field
            for field, values in self._classes.items()
            if not field.startswith(SECOND) and len({steps[at] for _, steps in values.values()}) > 1
        )

    @cached_property
    def steering(self) -> tuple[str, ...]:
        """The fields whose value decides which questions follow, or which answers can."""
        read = [f for f, values in self._classes.items() if len({q for q, _ in values.values()}) > 1]
        return tuple(dict.fromkeys([*read, *PLATFORMS.values(), "for_whom"]))

    def kind(self, answer: Answer) -> tuple[Any, ...]:
        """The class of an answer: answers of one kind are the same to the dialogue."""
        if not answer.field or answer.field not in self.values:
            return (answer.question, answer.field, answer.value)
        return (answer.question, answer.field, self.classes(answer.field)[answer.value])

    @cached_property
    def kinds(self) -> dict[str, tuple[tuple[Answer, ...], ...]]:
        """question -> its classes of answers."""
        found: dict[str, tuple[tuple[Answer, ...], ...]] = {}
        for question, answers in self.at.items():
            groups: dict[Any, list[Answer]] = defaultdict(list)
            for answer in answers:
                groups[self.kind(answer)].append(answer)
            found[question] = tuple(tuple(group) for group in groups.values())
        return found
