"""Inputs that nobody thought of, for every parser of ours: no crash, and an answer in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.parsers import TARGETS, Target

#: Inputs for each parser: more than 100,000 in all, and what a few seconds allow.
WHOLE, SAMPLE = 6500, 40
#: Those that take long for each input have fewer.
SLOW = {"channels": 2500, "packs": 2500, "papers": 2500, "offers": 4000, "masking": 9000, "amounts": 9000}
#: Seconds of computing that one input, at most as long as a message may be, may take.
LONGEST = 1.5


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_inputs_nobody_thought_of(target: Target, whole: bool) -> None:
    times: list[float] = []

    @settings(
        max_examples=SLOW.get(target.name, WHOLE) if whole else SAMPLE,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def attempt(value: object) -> None:
        begun = time.thread_time()
        target.run(value)
        times.append(time.thread_time() - begun)
        assert times[-1] < LONGEST or len(times) == 1, (
            f"{times[-1]:.2f} s"
        )  # the first may load what it needs

    attempt()
    print(f"\n{target.name}: {len(times)} inputs, longest {max(times[1:]):.3f} s", end="")


def test_there_are_enough_inputs() -> None:
    assert sum(SLOW.get(target.name, WHOLE) for target in TARGETS) >= 100_000
