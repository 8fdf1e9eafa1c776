"""When the money left, as the caller told it: read off the conversation's events. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.reading import parse_elapsed, told_minutes

SLOT = "elapsed"


@dataclass(frozen=True)
class Told:
    """Seconds since 1970. ``at``: when the time was told; ``since``: when the money left, if counted."""

    at: float | None = None
    since: float | None = None


def told(events: Iterable[Mapping[str, Any]]) -> Told:
    """What the last answer about the time says (Rasa's events as dicts).

    "20 minutes ago" counts from the message that says it; "just now", a button, or an answer that was changed
    since gives no ``since``.
    """
    known, value, words = Told(), None, ("", 0.0)
    for event in events:
        if event.get("event") == "user":
            words = str(event.get("text") or ""), event["timestamp"]
        elif event.get("event") == "slot" and event.get("name") == SLOT:
            now = event.get("value")
            minutes = told_minutes(words[0]) if now and parse_elapsed(words[0]) == now else None
            if not now:
                known = Told()
            elif minutes is not None:
                known = Told(event["timestamp"], words[1] - minutes * 60)
            else:
                known = Told(event["timestamp"], known.since if now == value else None)
            value = now
    return known
