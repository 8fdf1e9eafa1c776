"""How often the server looks for conversations that nobody uses any more, and that a failure ends nothing."""

import asyncio

import pytest

from rasa_project.channels import retention


@pytest.mark.parametrize(("days", "low", "high"), [(30, 2700, 4500), (0.01, 60, 110), (1e-6, 0.3, 0.7)])
def test_how_often(days, low, high):
    assert low <= retention.pause(days, 0.0) < retention.pause(days, 1.0) <= high


def test_a_failure_is_tried_again(monkeypatch):
    monkeypatch.setattr(retention, "OFTEN", 0.001)
    asked = []

    async def expire(moment):
        asked.append(moment)
        if len(asked) < 3:
            raise OSError("disk full")
        return 1

    async def until_asked():
        task = asyncio.create_task(retention.keep_deleting(expire, 1e-9))
        while len(asked) < 4:
            await asyncio.sleep(0.001)
        task.cancel()

    asyncio.run(asyncio.wait_for(until_asked(), 10))
    assert len(asked) >= 4


def test_forgetting_goes_on_after_a_failure(monkeypatch):
    monkeypatch.setattr(retention, "FORGET", 0.001)
    asked = []

    async def forget():
        asked.append(None)
        raise OSError("no database")

    async def until_asked():
        task = asyncio.create_task(retention.keep_forgetting(forget))
        while len(asked) < 3:
            await asyncio.sleep(0.001)
        task.cancel()

    asyncio.run(asyncio.wait_for(until_asked(), 10))
    assert len(asked) >= 3


def test_nothing_is_deleted_for_a_day_after_the_clock_jumped_forward() -> None:
    clock = retention.Clock(day=1_000_000, passed=50)
    assert clock.believed(1_003_700, 3_750), "an hour passed, and the clock says so"
    jumped = 1_003_700 + 40 * retention.DAY
    assert not clock.believed(jumped, 3_760)
    assert not clock.believed(jumped + 3_600, 7_360), "nor at the next look"
    assert clock.believed(jumped + retention.DAY, 3_760 + retention.DAY), "it was right, it seems"


def test_a_clock_that_was_set_right_again_is_believed_at_once() -> None:
    clock = retention.Clock(day=1_000_000, passed=50)
    assert not clock.believed(1_000_000 + 40 * retention.DAY, 60)
    assert clock.believed(1_000_020, 70)
