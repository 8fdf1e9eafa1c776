"""A person on a walk: presses, types, and keeps every turn with what was wrong in it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import requests

from knowledge.case import MONEY_FIELDS, Case
from knowledge.losses import whole_plan
from knowledge.pack import Pack
from knowledge.triage import next_question
from tests.chat import Chat
from tests.time_passes import hours_go_by, token_expires

from .always import Always, Turn, cards, steps
from .answers import AMOUNT, PLATFORMS, Answer, Answers
from .walks import Walk

#: What the case holds beside the answers; a question lost or an answer lost shows in the rest.
AROUND = ("language", "region", "audience")
#: What is typed for a button that is not on the screen.
WORDS = {
    "skip": {"zh": "跳过", "en": "skip"},
    "finish": {"zh": "直接看方案", "en": "show my plan"},
}


_of_thread = threading.local()


def _connection() -> requests.Session:
    """The connection of this thread: its conversations come one after the other."""
    if not hasattr(_of_thread, "session"):
        _of_thread.session = requests.Session()
    return _of_thread.session


class Lost(Exception):
    """The walk cannot go on from here; why stands in the person's faults."""


@dataclass
class Person:
    """Somebody in a conversation of ``language``. ``faults`` are sentences, each with how to get there."""

    url: str
    language: str
    pack: Pack
    always: Always
    #: Where its servers keep what is said; only who comes back after a long time needs it.
    home: Path | None = None
    audience: Mapping[str, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    #: The questions asked so far, without those that were taken back.
    trail: list[str] = field(default_factory=list)
    chat: Chat = field(init=False)

    def __post_init__(self) -> None:
        self.chat = Chat(self.url, self.language, audience=dict(self.audience), http=_connection())

    def open(self) -> Person:
        self.chat.open()
        self._keep("opens")
        self.note(*self.always.opens(self.last))
        return self

    @property
    def last(self) -> Turn:
        return self.turns[-1]

    @property
    def case(self) -> Case:
        return Case.from_slots(self.last.case)

    @property
    def way(self) -> str:
        """What was done so far: enough to do it again."""
        return f"[{self.language}] " + " > ".join(turn.did for turn in self.turns[1:])

    def note(self, *faults: str) -> None:
        self.faults += [f"{fault}\n    after {self.way}" for fault in faults]

    def press(self, payload: str, *, may_repeat: bool = False) -> Turn:
        return self._do(may_repeat, payload=payload)

    def say(self, text: str, *, may_repeat: bool = False) -> Turn:
        return self._do(may_repeat, text=text)

    def come_back(self) -> Turn:
        """Take the conversation up again when its token has expired."""
        assert self.home is not None
        token_expires(self.chat, self.home)
        reply = self.chat.continue_()
        if reply.status_code != 201:
            self.lost(f"{reply.status_code} {reply.text} on coming back")
        return self._keep("comes back")

    def wait(self, hours: float) -> None:
        """Say nothing for so long."""
        assert self.home is not None
        hours_go_by(self.chat, self.home, hours)

    @property
    def open_question(self) -> str | None:
        """The question that waits for an answer, though something else was said last."""
        return next_question(self.case)

    @property
    def asked_before(self) -> str | None:
        """The question to which "back" leads from here."""
        before = self.trail[:-1] if self.trail[-1:] == [self.open_question] else self.trail
        return before[-1] if before else None

    def holds(self, case: Case) -> None:
        """Note every answer that is not the one of ``case``."""
        for name, value in case.to_dict().items():
            if name not in AROUND and (held := self.last.case.get(name)) != value:
                self.note(f"{name} is {held!r}, not {value!r}")

    def lost(self, why: str) -> None:
        self.note(f"gives up: {why}")
        raise Lost

    def walk(self, walk: Walk, answers: Answers) -> Person:
        """Answer as the walk says until the plan is there; each turn must be what ``knowledge`` decides."""
        left: dict[str, list[Answer]] = defaultdict(list)
        for answer in walk:
            left[answer.question].append(answer)
        while (question := next_question(before := self.case)) is not None:
            # Typed words may say more than a button; then a question can come that the walk does not know.
            answer = left[question].pop(0) if left[question] else Answer(question, "", "skip")
            self.give(answer, answers.give(before, answer))
        self.note(*self.always.first_step(self.turns))
        return self

    def give(self, answer: Answer, wanted: Case) -> None:
        """Answer by the button if it is on the screen, else in words; ``wanted`` is the case after it."""
        faults, before = len(self.faults), self.case
        if answer.payload in self.chat.payloads:
            self.press(answer.payload)
            self.expect(wanted)
        else:
            self.say(self._words(answer))
            self._took(answer, before, wanted)
        if len(self.faults) > faults:
            raise Lost

    def _words(self, answer: Answer) -> str:
        if not answer.field:
            return WORDS[answer.value][self.language]
        if answer.field in PLATFORMS:
            return self.pack.platforms[answer.value].name[self.language]
        if answer.field in MONEY_FIELDS:
            return f"{AMOUNT['value']:.0f}"
        self.note(f"{answer} is not offered: {self.chat.payloads}")
        raise Lost

    def _took(self, answer: Answer, before: Case, wanted: Case) -> None:
        """A typed answer is in the case, and no other answer is lost by it."""
        for name, value in wanted.to_dict().items():
            held, old = self.last.case.get(name), before.to_dict()[name]
            if name == answer.field and not (held == value or self._names(held)):
                self.note(f"{name} is {held!r}, not {value!r}")
            elif name not in (*AROUND, "skipped", answer.field) and old and not held:
                self.note(f"{name} was {old!r} and is lost")
        self.expect(self.case)

    def _names(self, held: Any) -> bool:
        """Whether one of these platforms is called what was typed last; some names are those of several."""
        typed = self.last.did
        known = (self.pack.platforms[i] for i in held or () if i in self.pack.platforms)
        return any(typed in (p.name[lang], *p.aliases.get(lang, ())) for p in known for lang in p.name)

    def _do(self, may_repeat: bool, **body: str) -> Turn:
        did = next(iter(body.values()))
        reply = self.chat.send(**body)
        if reply.status_code != 200:
            self.note(f"{reply.status_code} {reply.text} for {did}")
            raise Lost
        self.chat._heard(reply.json()["messages"])
        if reply.json().get("degraded"):
            self.note(f"degraded after {did}")
        return self._keep(did, may_repeat)

    def _keep(self, did: str, may_repeat: bool = False) -> Turn:
        plan = self.chat.plan()
        self.language = plan["language"]
        turn = Turn(did, self.chat.last, plan["case"], self.language)
        before = self.turns[-1].messages if self.turns else None
        self.turns.append(turn)
        self.note(*self.always.faults(turn))
        if before == turn.messages and not may_repeat:
            self.note("the same words twice running")
        self._agrees(turn, plan)
        self._follow(turn)
        return turn

    def _follow(self, turn: Turn) -> None:
        """Keep the trail as "back" walks it: the question before comes back, or a new one follows."""
        if turn.did == "/confirm_start_over":
            self.trail = []
        asked = turn.question
        if asked in (None, "offer_text") or self.trail[-1:] == [asked]:
            return
        if self.trail[-2:-1] == [asked]:
            self.trail.pop()
        else:
            self.trail.append(asked)

    def _agrees(self, turn: Turn, plan: Mapping[str, Any]) -> None:
        """What stands beside the conversation is the plan of the case; what is asked is its next question."""
        case = Case.from_slots(turn.case)
        wanted = [step.id for step in whole_plan(case, self.pack, datetime.now(timezone.utc)).steps]
        if [step["id"] for step in plan["steps"]] != wanted:
            self.note("the plan is not the plan of the case")
        if cards(turn.messages, "case") and steps(turn.messages)[-len(wanted) :] != wanted:
            self.note("the plan shown is not the plan of the case")
        if turn.question not in (None, "offer_text", next_question(case)):
            self.note(f"asks {turn.question}, not {next_question(case)}")

    def expect(self, case: Case, question: str | None = "") -> None:
        """The case is this one but for language, and its next question (or ``question``) is open."""
        self.holds(case)
        wanted = next_question(case) if question == "" else question
        if self.last.question != wanted:
            self.note(f"asks {self.last.question}, not {wanted}")
        if wanted is None and question == "":
            # Who has seen the plan is told what changed in it.
            shown = any(cards(turn.messages, "case") for turn in self.turns[:-1])
            self.note(*self.always.ends(self.last, again=shown))
