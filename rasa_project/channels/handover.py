"""A conversation in the hands of staff: what the stored events say of it. Pure functions over events.

Staff's words and the taking and giving back are Rasa's ``agent`` events in the person's own conversation, so
they go when the person deletes it. While staff have it, the person's messages still run through the bot: the
case fills, and what the bot would say is there for staff alone. Its warnings still reach the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BOT, STAFF = "bot", "staff"
#: The metadata key of a turn in which the bot was silent, and the one of a turn that staff made.
HELD, BY = "held", "by"


def holder(events: Iterable[Mapping[str, Any]]) -> str:
    """Who answers the person now: staff or the bot."""
    held = BOT
    for event in events:
        held = marked(event) or held
    return held


def marked(event: Mapping[str, Any]) -> str | None:
    """Who has the conversation from this event on, if it says so."""
    return (event.get("data") or {}).get("holder") if event.get("event") == "agent" else None


def marker(to: str) -> dict[str, Any]:
    """The data of the agent event from which on ``to`` has the conversation."""
    return {"holder": to}


def as_messages(event: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
    """What an agent event shows: staff's words, or ``{"from": "system", "event": "taken" | "given"}``."""
    data = event.get("data") or {}
    if to := marked(event):
        return [{"from": "system", "event": "taken" if to == STAFF else "given", "n": number}]
    return [{"from": "staff", "id": data.get("id"), "text": event.get("text") or "", "n": number}]


def said_id(event: Mapping[str, Any]) -> str | None:
    """The id of staff's message, if the event is one."""
    return (event.get("data") or {}).get("id") if event.get("event") == "agent" else None


def said(message_id: str, events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether staff's message with this id is there already."""
    return any(said_id(event) == message_id for event in events)


def last_said(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is kept beside staff's last words since they took over; empty when they have said nothing."""
    last: dict[str, Any] = {}
    for event in events:
        if marked(event):
            last = {}
        elif said_id(event):
            last = dict(event["data"])
    return last


def was_held(user: Mapping[str, Any]) -> bool:
    return bool((user.get("metadata") or {}).get(HELD))


def by_staff(user: Mapping[str, Any]) -> bool:
    return (user.get("metadata") or {}).get(BY) == STAFF


def still_shown(message: Mapping[str, Any]) -> bool:
    """Whether the bot says this even while staff have the conversation: it warns of a danger."""
    return (message.get("custom") or {}).get("type") == "warning"
