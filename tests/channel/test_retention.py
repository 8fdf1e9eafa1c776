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
