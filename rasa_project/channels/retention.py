"""Conversations that nobody used for so many days are deleted, by the server itself, as long as it runs.

A clock that jumps forward makes every conversation look old, so nothing is deleted for a day after that.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)

DAY = 86_400.0
#: The longest and the shortest time, in seconds, between two looks.
SELDOM, OFTEN = 3600.0, 0.5
#: Seconds until a process drops what it keeps in memory of a conversation that another has deleted.
FORGET = 60.0
#: The clock may run this many seconds ahead of the time that passed between two looks.
TOLERATED = 3600.0


def pause(days: float, chance: float) -> float:
    """Seconds until the next look: often enough for ``days``; by ``chance`` (0 to 1) not all at once."""
    return max(OFTEN, min(SELDOM, days * DAY / 10)) * (0.75 + chance / 2)


@dataclass
class Clock:
    """Whether the clock of the day is believed; times in seconds.

    ``day``: since 1970, ``passed``: of a clock that cannot be set, both at the latest look.
    """

    day: float
    passed: float
    doubted_until: float = 0.0

    def believed(self, day: float, passed: float) -> bool:
        """Take the next look in. Not for a day after a jump forward; at once again after one back."""
        ahead = (day - self.day) - (passed - self.passed)
        self.day, self.passed = day, passed
        if ahead > TOLERATED:
            self.doubted_until = passed + DAY
            logger.error("the clock jumped forward: old conversations are not deleted for a day")
        elif ahead < -TOLERATED:
            self.doubted_until = 0.0
        return passed >= self.doubted_until


async def keep_deleting(expire: Callable[[float], Awaitable[int]], days: float) -> None:
    """Call ``expire`` with the time (seconds since 1970) before which conversations go, again and again.

    It returns how many it deleted. A failure ends nothing: the next look tries again.
    """
    clock = Clock(time.time(), time.monotonic())
    while True:
        try:
            now = time.time()
            if clock.believed(now, time.monotonic()) and (gone := await expire(now - days * DAY)):
                logger.info("deleted %d conversations unused for %g days", gone, days)
        except Exception as error:
            logger.error("deleting old conversations failed: %s", type(error).__name__)
        await asyncio.sleep(pause(days, random.random()))


async def keep_forgetting(forget: Callable[[], Awaitable[None]]) -> None:
    """Call ``forget`` every :data:`FORGET` seconds. A failure ends nothing: the next call tries again."""
    while True:
        await asyncio.sleep(FORGET)
        try:
            await forget()
        except Exception as error:
            logger.error("forgetting deleted conversations failed: %s", type(error).__name__)
