"""The run: every walk and interruption in both languages, then a look for whatever was not visited."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from knowledge.case import LANGUAGES
from knowledge.pack import Pack
from tests.servers import Running

from . import visited
from .always import Always, payloads, steps
from .answers import Answer, Answers, button_payloads, parse, responses
from .interrupted import back_and_forth, changed, interrupted, misses, says_buttons, says_no, switched
from .interruptions import INTERRUPTIONS
from .person import Lost, Person
from .scenes import SCENES
from .sentences import sentences
from .walks import Walk, Walks, cover

#: Conversations at a time with each server.
AT_A_TIME = 3
SEED = 20261123
#: A look for what was not visited opens new screens; so often it looks again.
ROUNDS = 4
#: So many sentences of an intent are tried in each language before its rule counts as not visited.
SENTENCES = 2
#: After the plan: what brings every menu on the screen once, and what leads into a form from there.
MENUS = (
    "/start_over",
    "/go_on",
    "/change_answer",
    "/go_on",
    "/something_new",
    "/not_now",
    "/go_on",
    "/next_step",
)
INTO = {
    "triage_form": ("/change_answer", '/change_slot{"slot_name":"situation"}'),
    "offer_form": ("/check_offer",),
}
#: What a sample must visit; the whole visits every order, pair and combination as well.
ONCE = ("answer", "reached", "kind")

STAFF = {"audience": "staff"}


class Job(NamedTuple):
    """What somebody does, and as whom: ``audience`` is empty for those who were defrauded themselves."""

    do: Callable[[Person], object]
    audience: Mapping[str, str] = {}


@dataclass
class Run:
    """One run, its conversations dealt out to the servers: each of them uses one core.

    ``whole``: every walk rather than the sample that visits everything once.
    """

    servers: Sequence[Running]
    pack: Pack
    whole: bool
    people: list[Person] = field(default_factory=list, repr=False)
    faults: list[str] = field(default_factory=list, repr=False)
    _seen: dict[int, visited.Visited] = field(default_factory=dict, repr=False)

    @cached_property
    def always(self) -> Always:
        return Always(self.pack)

    @cached_property
    def walks(self) -> Walks:
        return Walks(Answers(self.pack))

    @cached_property
    def chosen(self) -> list[Walk]:
        every = self.walks.all(SEED)
        targets = {walk: self.walks.targets(walk) for walk in every}
        wanted = {target for found in targets.values() for target in found}
        return cover(every, targets, {t for t in wanted if self.whole or t[0] in ONCE})

    @cached_property
    def long_walks(self) -> list[Walk]:
        """The walk with the most questions of each situation; the sample has the longest of all."""
        longest: dict[str, Walk] = {}
        for walk in self.walks.orders.values():
            first = next(a.value for a in walk)
            if len({a.question for a in walk}) > len({a.question for a in longest.get(first, ())}):
                longest[first] = walk
        longest = {first: tuple(map(self._said, walk)) for first, walk in longest.items()}
        found = sorted(longest.values(), key=len, reverse=True)
        return found if self.whole else found[:1]

    def _said(self, answer: Answer) -> Answer:
        """A real answer for one that was only skipped where skipping and answering lead on to the same."""
        if answer.field or answer.question in self.walks.answers.steering:
            return answer
        return next(a for kind in self.walks.answers.kinds[answer.question] for a in kind if a.field)

    def go(self) -> Run:
        """Everything, in the order in which a fault is easiest to understand."""
        for walk, people in zip(
            self.chosen, self._together([self._walker(w) for w in self.chosen]), strict=True
        ):
            self._compare(walk, people)
        answers = self.walks.answers
        jobs: list[Job] = []
        for walk in self.long_walks:
            jobs += [Job(lambda p, w=walk, i=i: interrupted(p, w, answers, i)) for i in INTERRUPTIONS]
            jobs.append(Job(lambda p, w=walk: switched(p, w, answers)))
            jobs.append(Job(lambda p, w=walk: changed(p.walk(w, answers), w, answers)))
            jobs.append(Job(lambda p, w=walk: misses(p, w, answers)))
            jobs.append(Job(lambda p, w=walk: says_no(p, w, answers)))
            jobs.append(Job(lambda p, w=walk: says_buttons(p, w, answers)))
            jobs.append(Job(lambda p, w=walk: back_and_forth(p, w, answers)))
            jobs.append(Job(lambda p, w=walk: interrupted(p, w, answers, *INTERRUPTIONS), STAFF))
            jobs.append(Job(lambda p, w=walk: p.walk(w, answers), STAFF))
        jobs += [Job(scene, audience) for scene in SCENES.values() for audience in ({}, STAFF)]
        self._together(jobs)
        for _ in range(ROUNDS):
            left = [*self._to_press(), *self._to_say()]
            if not left:
                break
            self._alone([job for job, _ in left], [language for _, language in left])
        return self

    def _walker(self, walk: Walk) -> Job:
        return Job(lambda person: person.walk(walk, self.walks.answers))

    def _together(self, jobs: Sequence[Job]) -> list[list[Person]]:
        """Each job in every language."""
        people = self._alone([job for job in jobs for _ in LANGUAGES], LANGUAGES * len(jobs))
        size = len(LANGUAGES)
        return [people[at : at + size] for at in range(0, len(people), size)]

    def _alone(self, jobs: Sequence[Job], languages: Sequence[str]) -> list[Person]:
        with ThreadPoolExecutor(AT_A_TIME * len(self.servers)) as pool:
            people = list(pool.map(self._one, jobs, languages, itertools.cycle(self.servers)))
        self.people += people
        self.faults += [fault for person in people for fault in person.faults]
        return people

    def _one(self, job: Job, language: str, server: Running) -> Person:
        person = Person(server.url, language, self.pack, self.always, server.home, job.audience).open()
        with suppress(Lost):
            job.do(person)
        return person

    def _compare(self, walk: Walk, people: list[Person]) -> None:
        """Invariant 6: the same cards, steps, contacts and buttons in every language, turn by turn."""
        first, *others = people
        for other in others:
            for one, two in zip(first.turns, other.turns, strict=False):
                if one.shape != two.shape:
                    self.faults.append(f"languages differ at {one.did}\n    after {other.way}")
                    break

    # What is left: found by looking at what the server has stored, not by a list kept here.

    @property
    def seen(self) -> visited.Visited:
        """Everything visited so far; read once for so many conversations, for that takes seconds."""
        if len(self.people) not in self._seen:
            self._seen = {len(self.people): visited.read(*(server.home for server in self.servers))}
        return self._seen[len(self.people)]

    def _to_press(self) -> list[tuple[Job, str]]:
        """Every button that was on a screen and that nobody pressed: the way to it, and its language."""
        pressed = {turn.did for person in self.people for turn in person.turns}
        ways: dict[str, tuple[list[str], str]] = {}
        for person in self.people:
            did = [turn.did for turn in person.turns[1:]]
            if "comes back" in did:
                continue  # no words and no button do that again
            for at, turn in enumerate(person.turns):
                for button in payloads(turn.messages):
                    if button not in pressed and (button not in ways or at < len(ways[button][0])):
                        ways[button] = did[:at], person.turns[0].language
        return [
            (Job(lambda p, way=way, b=b: self._again(p, [*way, b])), language)
            for b, (way, language) in ways.items()
        ]

    def _again(self, person: Person, way: Sequence[str]) -> None:
        """Do what somebody did before; buttons that are on no screen any more are left out."""
        for did in way:
            if did.startswith("/"):
                if any(did in payloads(turn.messages) for turn in person.turns):
                    person.press(did, may_repeat=True)
            else:
                person.say(did, may_repeat=True)

    def _to_say(self) -> list[tuple[Job, str]]:
        """For every rule that nothing visited: sentences of its intent, in its form."""
        turns = self.seen.turns
        return [
            (Job(lambda p, r=rule, n=number: self._say(p, r, n)), language)
            for rule in visited.rules()
            if rule.intent and not rule.visited(turns)
            for number in range(SENTENCES)
            for language in LANGUAGES
        ]

    def _say(self, person: Person, rule: visited.Rule, number: int) -> None:
        if rule.form != "triage_form" or not sentences(rule.intent or ""):
            person.press('/answer{"situation":"lost_money"}')
            person.press("/finish")
        said = sentences(rule.intent or "").get(person.language, ())
        if said:
            if rule.form == "offer_form":
                person.press("/check_offer")
            if len(said) > number:
                person.say(said[number], may_repeat=True)
            return
        # Only a button says this: have it on a screen first, then press it where the rule is.
        self._again(person, MENUS)
        if rule.form:
            self._again(person, INTO[rule.form])
        offered = [b for turn in person.turns for b in payloads(turn.messages)]
        fitting = [b for b in offered if parse(b)[0] == rule.intent]
        if fitting:
            person.press(fitting[number % len(fitting)], may_repeat=True)

    # What a run must have visited.

    def there_is(self) -> dict[str, set[str]]:
        """kind -> the names of what the project has."""
        buttons = {b for variations in responses().values() for v in variations for b in button_payloads(v)}
        return {
            "question": set(self.walks.answers.at),
            "button": buttons | self.seen.offered,
            "step": set(self.pack.steps),
            "response": set(responses()),
            "rule": {str(rule) for rule in visited.rules()},
        }

    def visited(self) -> dict[str, set[str]]:
        """kind -> the names of what something visited."""
        seen = self.seen
        return {
            "question": {str(turn.question) for person in self.people for turn in person.turns},
            "button": seen.pressed,
            "step": {i for person in self.people for turn in person.turns for i in steps(turn.messages)},
            "response": seen.responses,
            "rule": {str(rule) for rule in visited.rules() if rule.visited(seen.turns)},
        }
