"""What Prometheus can ask this process, on a port of its own: numbers and names of ours, never content."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, start_http_server

#: Set, the numbers can be read at this port; unset, nowhere.
PORT = "STEADY_METRICS_PORT"
#: Where it listens: this machine alone, unless the setting says otherwise.
HOST = "STEADY_METRICS_HOST"
#: How the names of the responses begin that say "not understood".
FALLBACKS = ("utter_unclear", "utter_guess", "utter_not_understood")

TURNS = Counter("steady_turns", "Turns, by what was sent and how it ended.", ("kind", "result"))
SECONDS = Histogram(
    "steady_turn_seconds",
    "Seconds from a message to its whole answer.",
    ("kind",),
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20),
)
NOT_UNDERSTOOD = Counter("steady_fallbacks", "Turns answered with not having understood.")
WARNINGS = Counter("steady_warnings", "Warnings given, by kind.", ("kind",))
FAILURES = Counter("steady_failures", "What failed, and how.", ("what", "error"))
CONVERSATIONS = Counter("steady_conversations", "Conversations opened.")
READY = Gauge("steady_ready", "Whether the part worked when it was last tried.", ("part",))


def serve(environment: Mapping[str, str] = os.environ) -> bool:
    """Answer Prometheus in a thread where the settings say so. ValueError for what is not a port."""
    port = environment.get(PORT)
    if not port:
        return False
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"{PORT}={port} is not a port number (1 to 65535).")
    start_http_server(int(port), environment.get(HOST) or "127.0.0.1")
    return True


def turn(kind: str, result: str, seconds: float) -> None:
    """One turn. ``kind``: open, text, button; ``result``: answered, degraded, lost."""
    TURNS.labels(kind, result).inc()
    SECONDS.labels(kind).observe(seconds)


def said(messages: Iterable[Mapping[str, Any]], responses: Iterable[str]) -> None:
    """What a turn said: its messages, and the names of the responses they came from."""
    for message in messages:
        card = message.get("custom") or {}
        if card.get("type") == "warning":
            WARNINGS.labels(str(card.get("kind"))).inc()
    if any(name.startswith(FALLBACKS) for name in responses):
        NOT_UNDERSTOOD.inc()
