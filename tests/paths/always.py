"""What is always true (the eight invariants), as structure: each check yields what is wrong with a turn.

They look at everything a person can read: texts, button titles and every word in every card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from knowledge.case import MONEY_FIELDS
from knowledge.pack import SHOWABLE, Contact, Pack
from knowledge.wording import offences

Message = Mapping[str, Any]

#: What is no sentence of the bot's: names of structure, titles of sources, and contacts (see ``_contacts``).
NOT_OURS = frozenset(
    {"sources", "source", "payload", "id", "lang", "type", "kind", "slot", "stage", "values", "phone", "url"}
)
#: A number as it may be written: 95588, 400-123-4567, 0571 1234 5678.
NUMBER = re.compile(r"\d(?:[ -]?\d){2,}")
DIGITS = re.compile(r"\d{3,}")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s，。；）)]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|org|net)\b\S*"
)
CJK = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
#: Words that ask somebody to hand over a secret, and words in the same sentence that turn it around.
ASKS = {
    "zh": re.compile(
        r"(请|把|将|需要您|告诉我|输入|填写|提供|发来).{0,12}(密码|验证码|完整卡号|卡号|身份证号)"
    ),
    "en": re.compile(
        r"\b(enter|send|type|tell|give|provide|share|paste)\b.{0,25}"
        r"\b(password|passcode|pin|verification code|code|card number|id number)\b",
        re.I,
    ),
}
TURNED = {
    "zh": re.compile(r"不|别|勿|谁|任何人|骗|改|换|重设|重置|挂失|●|收据|卡密|截|他们|对方|留|冻结"),
    "en": re.compile(
        r"\b(no|not|never|nobody|anyone|no one|whoever|they|he|she|change|reset|keep|scam)\b|n['’]t\b", re.I
    ),
}
#: What is said of money that went a moment ago, and of no other.
JUST_GONE = {
    "zh": re.compile(r"刚(?:刚|才)?(?:被)?(?:转|付|汇|打给|扫|买|取)"),
    "en": re.compile(
        r"\b(?:money|payment|it)\b[^.]{0,20}\bjust (?:gone|left|been)\b"
        r"|\bI(?:['’]ve| have)? just (?:sent|paid|transferred)\b",
        re.IGNORECASE,
    ),
}
SENTENCE = re.compile(r"[。！？；\n]|[.!?;](?=\s|$)")


def words(value: Any, name: str = "") -> Iterator[str]:
    """Every text in a message that a person reads as the bot's, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        pasted = value.get("type") == "offer_check"
        named = "explanation" in value  # the name of a red flag is that of what swindlers say
        told = value.get("slot") in MONEY_FIELDS or '"amount"' in str(value.get("payload"))
        for key, item in value.items():
            if (
                key in NOT_OURS
                or (pasted and key == "text")
                or (named and key == "name")
                or (told and key in ("value", "title"))
            ):
                continue
            yield from words(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from words(item, name)


def cards(messages: list[Message], kind: str) -> list[Mapping[str, Any]]:
    return [c for m in messages if (c := m.get("custom") or {}).get("type") == kind]


def question(messages: list[Message]) -> str | None:
    asked = cards(messages, "question")
    return str(asked[-1]["slot"]) if asked else None


def steps(messages: list[Message]) -> list[str]:
    return [step["id"] for card in cards(messages, "steps") for step in card["steps"]]


def payloads(messages: list[Message]) -> list[str]:
    return [button["payload"] for m in messages for button in m.get("buttons") or ()]


def warned(messages: list[Message]) -> bool:
    return any(card["kind"] == "recovery_offer" for card in cards(messages, "warning"))


@dataclass(frozen=True)
class Turn:
    """What somebody ``did`` (a payload or words), what came back, and the case and language after it."""

    did: str
    messages: list[Message]
    case: Mapping[str, Any]
    language: str

    @property
    def text(self) -> str:
        return "\n".join(str(m.get("text") or "") for m in self.messages)

    @property
    def question(self) -> str | None:
        return question(self.messages)

    @property
    def shape(self) -> tuple[Any, ...]:
        """What must be the same in every language: cards, steps, contacts, buttons, in order."""
        return tuple(
            (bool(m.get("text")), tuple(payloads([m])), _bones(m.get("custom"))) for m in self.messages
        )


def _bones(card: Any) -> Any:
    """A card without its words."""
    if isinstance(card, Mapping):
        kept = {"type", "kind", "slot", "stage", "id", "phone", "values", "done", "start", "end", "optional"}
        return tuple(
            (key, item if key in kept and isinstance(item, str) else _bones(item))
            for key, item in card.items()
            if key not in ("start", "end")
        )
    if isinstance(card, list):
        return tuple(_bones(item) for item in card)
    return type(card).__name__ if isinstance(card, str) else card


def amounts_in_words(case: Mapping[str, Any]) -> re.Pattern[str] | None:
    """What finds the sums that the person told, as cards and sentences say them back."""
    sums = [f"{case[name]['value']:,.2f}".removesuffix(".00") for name in MONEY_FIELDS if case.get(name)]
    return re.compile(rf"(?<![\d,.])(?:{'|'.join(map(re.escape, sums))})(?![\d,.])") if sums else None


@dataclass(frozen=True)
class Always:
    """The checks of one region."""

    pack: Pack
    #: Texts that were looked through already: most turns say what others said.
    _sound: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Every digit run a person may read: of contacts to be shown, or written in the pack's texts."""
        shown = [c for c in self.pack.contacts.values() if c.confidence in SHOWABLE]
        known = {re.sub(r"\D", "", c.phone) for c in shown if c.phone}
        known |= {run for c in shown for run in DIGITS.findall(f"{c.phone} {c.url}")}
        return frozenset(known | {run for text in self._written for run in DIGITS.findall(text)})

    @cached_property
    def _written(self) -> tuple[str, ...]:
        """The pack's texts as they are written: with the ids of contacts where numbers will stand."""

        def texts(value: Any) -> Iterator[str]:
            if isinstance(value, str):
                yield value
            elif isinstance(value, Mapping):
                for item in value.values():
                    yield from texts(item)
            elif isinstance(value, (tuple, list)):
                for item in value:
                    yield from texts(item)
            elif hasattr(value, "__dataclass_fields__"):
                ways = (
                    ("phone", "url", "id", "sources", "confidence") if isinstance(value, Contact) else ("id",)
                )
                for name in value.__dataclass_fields__:
                    if name not in ways:
                        yield from texts(getattr(value, name))

        parts = ("name", "phrases", "first_aid", "evidence", "contacts", "channels", "platforms", "steps")
        more = ("red_flags", "faq", "documents")
        return tuple(t for part in (*parts, *more) for t in texts(getattr(self.pack, part)))

    @cached_property
    def _addresses(self) -> frozenset[str]:
        shown = {c.url for c in self.pack.contacts.values() if c.url and c.confidence in SHOWABLE}
        return frozenset(shown | {a for text in self._written for a in ADDRESS.findall(text)})

    def faults(self, turn: Turn) -> Iterator[str]:
        """What is wrong with one turn, whatever was said."""
        if not turn.messages:
            yield "silence"
        told = amounts_in_words(turn.case)
        for message in turn.messages:
            if message.get("lang") != turn.language:
                yield f"speaks {message.get('lang')}, not {turn.language}: {message.get('text')}"
            for text in words(message):
                text = told.sub("", text) if told else text
                if (text, turn.language) not in self._sound:
                    wrong = list(self.faults_of_text(text, turn.language))
                    yield from wrong
                    if not wrong:
                        self._sound.add((text, turn.language))
            yield from self._contacts(message)
        yield from self._of_now(turn)

    def _of_now(self, turn: Turn) -> Iterator[str]:
        """Who has told that it was hours or days ago is not told to say that the money has just gone."""
        if not turn.case.get("elapsed") or "under_30min" in (
            turn.case["elapsed"],
            turn.case.get("second_elapsed"),
        ):
            return
        for text in words(cards(turn.messages, "steps")):
            if found := JUST_GONE[turn.language].search(text):
                yield f"says {found[0]!r} of what was {turn.case['elapsed']}: {text}"

    def faults_of_text(self, text: str, language: str) -> Iterator[str]:
        """Invariants 3 (contacts), 4 (wording) and 5 (secrets) on one text; and its language."""
        for number in NUMBER.findall(text):
            if re.sub(r"\D", "", number) not in self._numbers:
                for run in DIGITS.findall(number):
                    if run not in self._numbers:
                        yield f"the number {run} is not in the pack: {text}"
        for address in ADDRESS.findall(text):
            if not any(known.startswith(address.rstrip("/.")) for known in self._addresses):
                yield f"the address {address} is not in the pack: {text}"
        for rule, found in offences(text, language):
            yield f"wording ({rule.id}): {found!r} in {text}"
        for sentence in SENTENCE.split(text):
            if ASKS[language].search(sentence) and not TURNED[language].search(sentence):
                yield f"asks for a secret: {sentence}"
        chinese, latin = len(CJK.findall(text)), len(LATIN.findall(text))
        if (language == "en" and chinese > latin) or (language == "zh" and latin > 12 and not chinese):
            yield f"not in {language}: {text}"

    def _contacts(self, value: Any) -> Iterator[str]:
        """Every contact in a card is one of the pack's, says the pack's number, and may be shown."""
        if isinstance(value, Mapping):
            for contact in value.get("contacts") or ():
                known = self.pack.contacts.get(contact["id"])
                if known is None:
                    yield f"no contact {contact['id']} in the pack"
                    continue
                for way in ("phone", "url"):
                    if way in contact and contact[way] != getattr(known, way):
                        yield f"{contact['id']}: {way} {contact[way]} is not the pack's"
                    if way in contact and known.confidence not in SHOWABLE:
                        yield f"{contact['id']} is {known.confidence} and must not be shown"
                if not {"phone", "url", "where"} & set(contact):
                    yield f"{contact['id']} shows no way to reach it"
            for item in value.values():
                yield from self._contacts(item)
        elif isinstance(value, list):
            for item in value:
                yield from self._contacts(item)

    def opens(self, turn: Turn) -> Iterator[str]:
        """Invariants 1 and 8 on the greeting: what this is, and whom to call before anything else."""
        if self.pack.fill(self.pack.phrases["what_this_is"], turn.language) not in turn.text:
            yield "the greeting does not say what this is"
        if self.pack.reach(self.pack.emergency["police"], turn.language) not in turn.text:
            yield "the greeting does not name the police's number"
        if turn.question != "situation":
            yield f"the greeting asks {turn.question}"

    def ends(self, turn: Turn, again: bool) -> Iterator[str]:
        """Invariant 2 and what else the end of the questions must bring: the plan, the case, ways on.

        ``again``: the plan was shown before, so only what changed in it need be.
        """
        if not warned(turn.messages):
            yield "an ending without the warning of the second fraud"
        if not again and not cards(turn.messages, "steps"):
            yield "the questions ended without a plan"
        if not again and not cards(turn.messages, "case"):
            yield "the plan came without the case it rests on"
        if not payloads(turn.messages):
            yield "an ending without a way on"

    def first_step(self, turns: list[Turn]) -> Iterator[str]:
        """Invariant 1: a step for now has been shown when two questions were answered or passed."""
        asked: list[str] = []
        for at, turn in enumerate(turns):
            if turn.question and turn.question not in asked:
                asked.append(turn.question)
            if len(asked) > 2 or turn.question is None:
                early = {
                    s["stage"]
                    for t in turns[: at + 1]
                    for c in cards(t.messages, "steps")
                    for s in c["steps"]
                }
                if "now" not in early:
                    yield "no first step within two questions"
                break
        for turn in turns[1:]:
            moved = [
                c for c in turn.case.get("channels") or () if c not in (turns[0].case.get("channels") or ())
            ]
            shown = {i for t in turns[: turns.index(turn) + 1] for i in steps(t.messages)}
            for channel in moved:
                fitting = [s for s in self.pack.steps.values() if channel in s.when.get("channels", ())]
                if not shown & {s.id for s in fitting if s.stage == "now"}:
                    yield f"told of {channel}, and no first step for it after {turn.did}"
