"""The time since the transfer, as the caller counts it: what has a number, and what must not be given one."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.reading import parse_elapsed
from rasa_project.staff.moments import Told, minutes_ago, told

NOW = 1_800_000_000.0


def said(text: str, at: float) -> dict[str, Any]:
    return {"event": "user", "text": text, "timestamp": at}


def elapsed(value: str | None, at: float) -> dict[str, Any]:
    return {"event": "slot", "name": "elapsed", "value": value, "timestamp": at}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("我二十分钟前用支付宝给骗子转了3000元", 20),
        ("I paid a scammer 3000 yuan with Alipay 20 minutes ago", 20),
        ("半小时前转的", 30),
        ("一个半小时前转的", 90),
        ("about an hour ago", 60),
        ("2.5 hours ago", 150),
        ("10分钟前发现被骗，两小时前转的钱", 120),
        ("just now", None),
        ("a few minutes ago", None),
        ("几分钟前", None),
        ("三天前", None),
        ("转了3000", None),
        ("5分钟前转了2000，20分钟前转了1000", None),
    ],
)
def test_only_a_time_that_was_counted_has_minutes(text: str, minutes: float | None) -> None:
    assert minutes_ago(text, parse_elapsed(text) or "") == minutes


def test_the_clock_follows_the_last_answer_about_the_time() -> None:
    events = [said("20分钟前转的", NOW), elapsed("under_30min", NOW + 1)]
    assert told(events) == Told(NOW + 1, NOW - 1200)
    events += [said("没有报警", NOW + 60), elapsed("under_30min", NOW + 61)]
    assert told(events).since == NOW - 1200, "the same answer again is no new time"
    events += [said('/answer{"elapsed":"days"}', NOW + 90), elapsed("days", NOW + 91)]
    assert told(events) == Told(NOW + 91, None)
    events += [said("两小时前转的", NOW + 120), elapsed("under_24h", NOW + 121)]
    assert told(events).since == NOW + 120 - 7200
    assert told([*events, elapsed(None, NOW + 130)]) == Told()
