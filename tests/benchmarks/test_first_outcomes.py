"""What counts as a first message taken up."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.first_messages import GOOD, outcome


def asks(slot: str) -> dict[str, Any]:
    return {"messages": [{"text": "?", "custom": {"type": "question", "slot": slot}}]}


@pytest.mark.parametrize(
    ("status", "reply", "channels", "good"),
    [
        (200, asks("channels"), None, True),
        (200, asks("elapsed"), ["cash"], True),
        (200, asks("situation"), None, False),
        (200, asks("exposure"), [], False),
        (200, {"messages": [{"text": "hm"}]}, None, False),
        (200, {"messages": []}, ["cash"], False),
        (200, {**asks("channels"), "degraded": True}, ["cash"], False),
        (503, {}, None, False),
    ],
)
def test_outcomes(status: int, reply: dict[str, Any], channels: list[str] | None, good: bool) -> None:
    assert (outcome(status, reply, channels) in GOOD) is good


def test_the_last_question_is_the_open_one() -> None:
    reply = {"messages": [*asks("situation")["messages"], *asks("channels")["messages"]]}
    assert outcome(200, reply, None) in GOOD
