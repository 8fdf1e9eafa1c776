"""When the money left, as the caller told it: read off the conversation's events. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.reading import normalise, parse_elapsed
from knowledge.reading.numbers import evaluate, evaluate_english

SLOT = "elapsed"
#: A time that was counted, in minutes or hours; of what it is the time, parse_elapsed decides.
_COUNTED = re.compile(
    r"(?P<zh>\d+(?:\.\d+)?|半|[一二两三四五六七八九十]+)\s?个?(?P<half>半)?\s?(?P<zh_unit>分钟?|小时|钟头)(?:之|以)?前"
    r"|\b(?P<en>\d+(?:\.\d+)?|half an?|an?|[a-z]+(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"[- ](?P<en_unit>min|hour|hr)[a-z]* (?:ago|back|earlier)\b"
)


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
            minutes = minutes_ago(words[0], now) if now else None
            if not now:
                known = Told()
            elif minutes is not None:
                known = Told(event["timestamp"], words[1] - minutes * 60)
            else:
                known = Told(event["timestamp"], known.since if now == value else None)
            value = now
    return known


def minutes_ago(text: str, value: str) -> float | None:
    """The minutes that ``text`` counts where it says ``value`` (of ``knowledge.case.ELAPSED``).

    None when it says something else or counts nothing, or two times that could both be meant.
    """
    if parse_elapsed(text) != value:
        return None
    counted = [match for match in _COUNTED.finditer(normalise(text)) if parse_elapsed(match.group()) == value]
    return _length(counted[0]) if len(counted) == 1 else None


def _length(match: re.Match[str]) -> float | None:
    number, unit = match["zh"] or match["en"], match["zh_unit"] or match["en_unit"]
    if number.startswith(("半", "half")):
        count: float | None = 0.5
    elif number[0].isascii() and number[0].isdecimal():
        count = float(number)
    elif match["zh"]:
        count = evaluate(number)
    else:
        count = 1.0 if number in ("a", "an") else evaluate_english(number)
    if count is None:
        return None
    return (count + (0.5 if match["half"] else 0)) * (1 if unit.startswith(("分", "min")) else 60)
