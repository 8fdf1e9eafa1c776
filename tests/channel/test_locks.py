"""Locks: one at a time for a key, others meanwhile, nothing left behind."""

import asyncio

import pytest

from rasa_project.channels.locks import Locks


def test_a_key_is_held_by_one_in_order_and_other_keys_do_not_wait():
    async def run():
        locks, seen = Locks(), []

        async def work(key, name):
            async with locks.hold(key):
                seen.append(f"{name}+")
                await asyncio.sleep(0.01)
                seen.append(f"{name}-")

        await asyncio.gather(*(work("a", n) for n in "123"), work("b", "x"))
        assert [s for s in seen if s[0] != "x"] == ["1+", "1-", "2+", "2-", "3+", "3-"]
        assert seen.index("x+") < seen.index("1-")
        assert len(locks) == 0

    asyncio.run(run())


def test_failure_and_cancellation_release():
    async def run():
        locks = Locks()
        with pytest.raises(ValueError):
            async with locks.hold("a"):
                raise ValueError
        async with locks.hold("a"):
            waiting = asyncio.create_task(locks.hold("a").__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            assert len(locks) == 1
        assert len(locks) == 0

    asyncio.run(run())
