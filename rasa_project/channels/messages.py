"""From stored events to messages: the history, the buttons offered so far, the answer to a message id.

An event is a plain dict as Rasa stores it (``event.as_dict()``); see stores.py for where they come from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.case import MONEY_FIELDS
from knowledge.mask import Masked
from rasa_project.channels import handover

Event = Mapping[str, Any]
Message = dict[str, Any]

USER, BOT, AGENT, SLOT = "user", "bot", "agent", "slot"
#: The slot of the conversation's language, and the one with the ids of ticked steps.
LANGUAGE, DONE = "language", "done"
#: The slot that says how long ago the money left.
ELAPSED = "elapsed"
#: The slot with the time at which each of them was ticked.
DONE_AT = "done_at"
#: Who says a message in the history. The system only says that a conversation was taken or given back.
PERSON, STAFF, SYSTEM = "person", "staff", "system"
#: The metadata key under which a turn remembers that something was hidden in the text.
MASKED = "masked"
#: Numbers between two events: a notice and the fallback's messages stand there.
SPACING = 10
#: The one under which it remembers that the rest of a secret may come next; nothing of the secret itself.
AWAITS = "awaits"


def as_message(raw: Mapping[str, Any]) -> Message:
    """A response as the web API says it: only text, buttons, custom and lang, and only what is not empty."""
    message: Message = {}
    if text := raw.get("text"):
        message["text"] = str(text)
    buttons = [
        {"title": str(b["title"]), "payload": str(b["payload"])}
        for b in raw.get("buttons") or ()
        if b.get("title") and b.get("payload")
    ]
    if buttons:
        message["buttons"] = sorted(buttons, key=_place)
    if custom := raw.get("custom"):
        message["custom"] = custom
    if message and raw.get("lang"):
        message["lang"] = raw["lang"]
    return message


def _place(button: Mapping[str, str]) -> int:
    """Where a button stands: answers first, then "none of these", then the ways round the question."""
    payload = button["payload"]
    return 1 if payload.endswith('"none"}') else {"/skip": 2, "/finish": 3}.get(payload, 0)


def from_bot_event(event: Event) -> Message:
    """The message a stored bot event was sent as."""
    data, metadata = event.get("data") or {}, event.get("metadata") or {}
    return as_message({**data, "text": event.get("text"), "lang": metadata.get("lang")})


def language_of(events: Iterable[Event]) -> str | None:
    """The conversation's language now: the last value its slot was given."""
    language = None
    for event in events:
        if event.get("event") == SLOT and event.get("name") == LANGUAGE and event.get("value"):
            language = str(event["value"])
    return language


def offered_buttons(events: Iterable[Event]) -> dict[str, str]:
    """payload -> title of every button offered so far (the latest title)."""
    found: dict[str, str] = {}
    for event in events:
        if event.get("event") == BOT:
            for button in (event.get("data") or {}).get("buttons") or ():
                if button.get("payload"):
                    found[str(button["payload"])] = str(button.get("title") or "")
    return found


def open_buttons(events: Sequence[Event]) -> list[str]:
    """The payloads of the buttons that are on the screen now, in order; none while a figure is asked for."""
    if open_slot(events) in MONEY_FIELDS:
        return []
    return [button["payload"] for button in _last_with_buttons(events).get("buttons", ())]


def open_slot(events: Sequence[Event]) -> str | None:
    """The slot that the question on the screen asks for."""
    slot = (_last_with_buttons(events).get("custom") or {}).get("slot")
    return str(slot) if slot else None


def open_titles(events: Sequence[Event]) -> dict[str, str]:
    """folded title -> payload of the buttons on the screen now: who types a button's words has pressed it."""
    buttons = _last_with_buttons(events).get("buttons", ())
    return {folded(button["title"]): button["payload"] for button in buttons}


def folded(text: str) -> str:
    """``text`` without what people leave out or put at its end when they type what they read."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


def _last_with_buttons(events: Sequence[Event]) -> Message:
    last: list[Message] = []
    for _, replies in turns(events):
        last = collected(replies)
    return next((m for m in reversed(last) if m.get("buttons")), {})


def turns(events: Sequence[Event]) -> Iterator[tuple[Event, list[Event]]]:
    """Each user event with the bot events that answer it."""
    turn: tuple[Event, list[Event]] | None = None
    for event in events:
        if event.get("event") == USER:
            if turn:
                yield turn
            turn = (event, [])
        elif event.get("event") == BOT and turn:
            turn[1].append(event)
    if turn:
        yield turn


def count_turns(events: Iterable[Event]) -> int:
    return sum(event.get("event") == USER for event in events)


def answer_to(message_id: str, events: Sequence[Event]) -> tuple[Event, list[Message]] | None:
    """The user event with this id and the messages it was answered with; None when it was never handled."""
    for user, replies in turns(events):
        if user.get("message_id") == message_id:
            return user, collected(replies)
    return None


@dataclass
class Digest:
    """What the next message of a conversation is judged by, kept up to date event by event.

    ``latest`` are the events of the last turn: the message and what it was answered with. ``holder`` is who
    answers now: the bot or staff (handover.py).
    """

    language: str | None = None
    turns: int = 0
    ids: set[str] = field(default_factory=set)
    offered: dict[str, str] = field(default_factory=dict)
    latest: list[Event] = field(default_factory=list)
    holder: str = handover.BOT

    @classmethod
    def of(cls, events: Iterable[Event]) -> Digest:
        """The digest of a whole conversation."""
        digest = cls()
        for event in events:
            digest.add(event)
        return digest

    def add(self, event: Event) -> None:
        """Take the next event in."""
        kind = event.get("event")
        if kind == USER:
            self.turns += 1
            self.ids.add(str(event.get("message_id")))
            self.latest = [event]
        elif kind == BOT:
            self.offered.update(offered_buttons([event]))
            self.latest.append(event)
        elif kind == SLOT:
            self.language = language_of([event]) or self.language
        elif kind == AGENT:
            self.holder = handover.marked(event) or self.holder


def collected(bot_events: Iterable[Event]) -> list[Message]:
    return [message for message in map(from_bot_event, bot_events) if message]


def complete(messages: Iterable[Message], language: str) -> list[Message]:
    """The messages with ``lang`` on each: its own, or the conversation's."""
    return [{**message, "lang": message.get("lang") or language} for message in messages]


def was_masked(user: Event) -> bool:
    """Whether something was hidden in this message before it was stored."""
    return was_hidden(user.get("metadata"))


def was_hidden(kept: Mapping[str, Any] | None) -> bool:
    """Whether :func:`masking` kept that something was hidden."""
    return bool((kept or {}).get(MASKED))


def masking(masked: Masked) -> dict[str, Any]:
    """What is stored beside a text of which it may be, or become, clear that it holds a secret."""
    kept: dict[str, Any] = {MASKED: list(masked.kinds)} if masked.kinds else {}
    return {**kept, AWAITS: list(masked.awaits)} if masked.awaits else kept


def awaited(events: Sequence[Event]) -> tuple[str, int] | None:
    """What the last message left open: see :class:`knowledge.mask.Masked`."""
    last = next((event for event in reversed(events) if event.get("event") == USER), {})
    return begun(last.get("metadata"))


def begun(kept: Mapping[str, Any] | None) -> tuple[str, int] | None:
    """What :func:`masking` kept of a secret whose rest may come."""
    awaits = (kept or {}).get(AWAITS)
    return (str(awaits[0]), int(awaits[1])) if awaits else None


def ticked(events: Iterable[Event]) -> frozenset[str]:
    """The ids of the steps that are ticked now: the last value of the slot ``done``."""
    done: frozenset[str] = frozenset()
    for event in events:
        if event.get("event") == SLOT and event.get("name") == DONE:
            done = frozenset(event.get("value") or ())
    return done


def with_ticks(message: Message, done: frozenset[str]) -> Message:
    """The message with its steps ticked as they are now, whatever they were when it was said."""
    card = message.get("custom") or {}
    if card.get("type") != "steps":
        return message
    steps = [{**step, "done": step["id"] in done} for step in card["steps"]]
    return {**message, "custom": {**card, "steps": steps}}


def enough(messages: Iterable[Message]) -> bool:
    """Whether these messages can stand alone: a question is open, or they hold the crisis contacts."""
    cards = [m.get("custom") or {} for m in messages]
    return any(c.get("type") == "question" or c.get("kind") == "crisis" for c in cards)


def numbered(events: Sequence[Event]) -> Iterator[tuple[int, Event, list[tuple[int, Event]]]]:
    """What was said, in order: the number of a user or agent event, the event, and the bot's answers to it.

    Numbers only grow, and leave room for what is shown beside an event (see :func:`history`).
    """
    entry: tuple[int, Event, list[tuple[int, Event]]] | None = None
    for position, event in enumerate(e for e in events if e.get("event") in (USER, BOT, AGENT)):
        number = (position + 1) * SPACING
        if event["event"] == BOT:
            if entry:
                entry[2].append((number, event))
            continue
        if entry:
            yield entry
        entry = (number, event, [])
    if entry:
        yield entry


def history(
    events: Sequence[Event],
    language: str,
    notice: Callable[[str], Message],
    fallback: Callable[[str], list[Message]],
    for_staff: bool = False,
) -> list[Message]:
    """All messages so far, each with ``from`` and its number ``n``, as the page showed them.

    A pressed button shows its title; a payload that was no button (the page's own controls) shows nothing.
    ``notice`` is the message after something was hidden, ``fallback`` what a turn without answer was given.
    What staff alone see while they have the conversation is left out, or marked ``hidden`` for them.
    """
    titles = offered_buttons(events)
    done = ticked(events)
    shown: list[Message] = []
    for number, event, replies in numbered(events):
        if event["event"] == AGENT:
            shown += handover.as_messages(event, number)
            continue
        text = str(event.get("text") or "")
        shown_text = titles.get(text, "") if text.startswith("/") else text
        held = handover.was_held(event)
        if shown_text and not handover.by_staff(event):
            shown.append({"from": PERSON, "id": event.get("message_id"), "text": shown_text, "n": number})
        elif shown_text and for_staff:
            shown.append({"from": STAFF, "text": shown_text, "n": number, "hidden": True})
        if was_masked(event):
            shown.append({"from": BOT, **complete([notice(language)], language)[0], "n": number + 1})
        answers = [(n, message) for n, bot in replies if (message := from_bot_event(bot))]
        if not answers and not held:
            answers = list(enumerate(fallback(language), number + 2))
        for n, message in answers:
            said = {"from": BOT, **with_ticks(complete([message], language)[0], done), "n": n}
            if not held or handover.still_shown(message):
                shown.append(said)
            elif for_staff:
                shown.append({**said, "hidden": True})
    return shown
