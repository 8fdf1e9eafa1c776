"""Conversations that nobody used for so many days are deleted, by the server itself, as long as it runs."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

DAY = 86_400.0
#: The longest and the shortest time, in seconds, between two looks.
SELDOM, OFTEN = 3600.0, 0.5


def pause(days: float, chance: float) -> float:
    """Seconds until the next look: often enough for ``days``; by ``chance`` (0 to 1) not all at once."""
    return max(OFTEN, min(SELDOM, days * DAY / 10)) * (0.75 + chance / 2)


async def keep_deleting(expire: Callable[[float], Awaitable[int]], days: float) -> None:
    """Call ``expire`` with the time (seconds since 1970) before which conversations go, again and again.

    It returns how many it deleted. A failure ends nothing: the next look tries again.
    """
    while True:
        try:
            if gone := await expire(time.time() - days * DAY):
                logger.info("deleted %d conversations unused for %g days", gone, days)
        except Exception as error:
            logger.error("deleting old conversations failed: %s", type(error).__name__)
        await asyncio.sleep(pause(days, random.random()))
