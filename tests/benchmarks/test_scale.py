"""What the load measurements make of their samples."""

from __future__ import annotations

import pytest

from benchmarks import scale, soak
from benchmarks.load import Load
from benchmarks.turns import SCRIPT


def steady(megabytes: float, minutes: int = 20) -> list[tuple[float, float]]:
    return [(second, megabytes) for second in range(0, minutes * 60, 5)]


def test_growth_counts_only_what_comes_after_the_first_minutes() -> None:
    assert soak.growth(steady(500), 300) == 0
    warming = [(s, 300.0 if s < 300 else mb) for s, mb in steady(500)]
    assert soak.growth(warming, 300) == 0
    leaking = [(s, 500 + s / 10) for s, _ in steady(0)]
    assert soak.growth(leaking, 300) > 0.1
    assert soak.growth(steady(500, 1), 300) == 0, "too short to say"


def test_a_long_conversation_is_judged_by_its_ends() -> None:
    took = [9.0] + [0.02] * 50 + [0.03] * 49
    assert scale.ends_of([took, took]) == (0.02, 0.03)


def test_nothing_measured_is_no_rate() -> None:
    assert Load(1).rate == 0
    assert Load(1, elapsed=2, seconds=[0.1, 0.1]).rate == pytest.approx(1)


def test_the_short_conversations_are_buttons_alone() -> None:
    assert all("payload" in said for _, said in SCRIPT[:3])
