"""Rasa's lock store for several workers: one turn at a time in a conversation, whichever worker has it.

Rasa's own Redis locks are read, changed and written back: two workers can take the same one. These are taken
in one step, do not block the other conversations of a worker, and run out soon after their worker died.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis  # type: ignore[import-untyped]
from redis.asyncio.lock import Lock  # type: ignore[import-untyped]
from redis.exceptions import RedisError  # type: ignore[import-untyped]

#: Seconds after which the lock of a worker that died is free; a living worker renews it.
LIFETIME = 6.0
#: Seconds to wait for a lock: longer than a dead worker can hold it.
PATIENCE = 12.0
#: Seconds until Redis counts as gone.
TIMEOUT = 2.0


class RedisLocks(LockStore):
    """``lock_store: {type: rasa_project.channels.redis_locks.RedisLocks, url: redis://host:6379/1}``."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        self._url = endpoint_config.url or ""
        self._connections: Redis | None = None
        super().__init__()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LIFETIME, wait_time_in_seconds: float = 0.05
    ) -> AsyncIterator[None]:
        """Hold the conversation's lock. LockError when Redis is gone or the lock is not to be had."""
        name = f"steady:lock:{conversation_id}"
        held = self._redis().lock(name, lock_lifetime, wait_time_in_seconds, blocking_timeout=PATIENCE)
        try:
            taken = await held.acquire()
        except (RedisError, OSError) as error:
            raise LockError(f"Redis: {type(error).__name__}") from error
        if not taken:
            raise LockError("The conversation is busy.")
        renewing = asyncio.create_task(_renew(held, lock_lifetime / 3))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(RedisError, OSError):  # it runs out by itself
                await held.release()

    async def check(self) -> None:
        """Raise when Redis does not answer."""
        await self._redis().ping()

    def _redis(self) -> Redis:
        if self._connections is None:  # made where it is used: a connection belongs to an event loop
            limits: dict[str, Any] = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
            self._connections = Redis.from_url(self._url, **limits)
        return self._connections


async def _renew(held: Lock, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        with suppress(RedisError, OSError):
            await held.reacquire()
