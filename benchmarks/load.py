"""Many people at once in the conversation of the single turns: how many turns a second, how long each."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.turns import SCRIPT
from knowledge.case import LANGUAGES

TIMEOUT = 120.0  # seconds; the default project takes many when 50 people write
#: Sends one message and says whether it was answered as it should be.
Send = Callable[[dict[str, str]], Awaitable[bool]]
#: Begins a conversation in a language.
Begin = Callable[[aiohttp.ClientSession, str], Awaitable[Send]]


@dataclass
class Load:
    """What people measured: the seconds of each turn that ended in time, and ``bad`` turns, unanswered."""

    people: int
    elapsed: float = 0.0
    seconds: list[float] = field(default_factory=list)
    bad: int = 0

    @property
    def rate(self) -> float:
        """Turns answered a second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


def ours(url: str) -> Begin:
    """Conversations over our web channel."""

    async def begin(http: aiohttp.ClientSession, language: str) -> Send:
        async with http.post(f"{url}/chat/session", json={"language": language}) as opened:
            opened.raise_for_status()
            headers = {"Authorization": f"Bearer {(await opened.json())['token']}"}

        async def send(body: dict[str, str]) -> bool:
            sent = {"id": uuid.uuid4().hex, **body}
            async with http.post(f"{url}/chat/message", json=sent, headers=headers) as answer:
                said: dict[str, Any] = await answer.json() if answer.status == 200 else {}
                return bool(said.get("messages")) and not said.get("degraded")

        return send

    return begin


def default(url: str) -> Begin:
    """Conversations over Rasa's REST channel."""

    async def begin(http: aiohttp.ClientSession, language: str) -> Send:
        sender = uuid.uuid4().hex

        async def send(body: dict[str, str]) -> bool:
            sent = {"sender": sender, "message": body.get("payload") or body.get("text") or ""}
            async with http.post(f"{url}/webhooks/rest/webhook", json=sent) as answer:
                return answer.status == 200 and bool(await answer.json())

        await send({"payload": f'/open_session{{"language":"{language}"}}'})
        return send

    return begin


class _Person:
    """Who has one conversation after the other, and is at turn ``place`` of one when the clock starts."""

    def __init__(self, http: aiohttp.ClientSession, begin: Begin, language: str, place: int) -> None:
        self._http, self._begin, self._language, self._place = http, begin, language, place
        self._send: Send | None = None
        self._next = 0

    async def prepare(self) -> None:
        """Open a conversation and have its first turns."""
        for _ in range(self._place + 1):
            await self.turn()

    async def turn(self) -> bool:
        """The next turn, which may be the opening of the next conversation; whether it was answered."""
        if self._send is None or self._next == len(SCRIPT):
            self._send, self._next = await self._begin(self._http, self._language), 0
            return True
        _, said = SCRIPT[self._next]
        self._next += 1
        return await self._send(
            {"payload": said["payload"]} if "payload" in said else {"text": said[self._language]}
        )

    async def until(self, end: float, into: Load, pause: float) -> None:
        """Turn after turn; those answered in time count."""
        while time.monotonic() < end:
            before = time.perf_counter()
            try:
                good = await self.turn()
            except (aiohttp.ClientError, asyncio.TimeoutError):
                good, self._send = False, None
                await asyncio.sleep(0.2)
            took = time.perf_counter() - before
            into.bad += not good
            if good and time.monotonic() < end:
                into.seconds.append(took)
            await asyncio.sleep(max(0.0, min(pause - took, end - time.monotonic())))


async def _together(begin: Begin, people: int, seconds: float, pause: float) -> Load:
    load = Load(people, elapsed=seconds)
    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=limit) as http:
        all_of_them = [
            _Person(http, begin, LANGUAGES[number % len(LANGUAGES)], number % len(SCRIPT))
            for number in range(people)
        ]
        await asyncio.gather(*(each.prepare() for each in all_of_them))
        end = time.monotonic() + seconds
        await asyncio.gather(*(each.until(end, load, pause) for each in all_of_them))
    return load


def together(begin: Begin, people: int, seconds: float, pause: float = 0.0) -> Load:
    """``people`` at once for so many seconds, each a message every ``pause`` seconds or once answered.

    The clock starts when all are in the middle of a conversation, each at another place of it. The opening
    of the next one is a turn too.
    """
    return asyncio.run(_together(begin, people, seconds, pause))


async def _long(begin: Begin, turns: int) -> list[float]:
    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    async with aiohttp.ClientSession(timeout=limit) as http:
        send = await begin(http, "en")
        took = []
        for number in range(turns):
            text = ("goodbye", "bye bye")[number % 2]
            before = time.perf_counter()
            await send({"text": text})
            took.append(time.perf_counter() - before)
        return took


def long(begin: Begin, turns: int) -> list[float]:
    """Seconds of each turn of one conversation of so many text turns."""
    return asyncio.run(_long(begin, turns))


async def _conversations(begin: Begin, number: int, at_once: int) -> int:
    waiting = asyncio.Semaphore(at_once)
    limit = aiohttp.ClientTimeout(total=TIMEOUT)
    async with aiohttp.ClientSession(timeout=limit) as http:

        async def one(language: str) -> int:
            async with waiting:
                send = await begin(http, language)
                bad = 0
                for _, said in SCRIPT[:3]:
                    bad += not await send({"payload": said["payload"]})
                return bad

        return sum(await asyncio.gather(*(one(LANGUAGES[n % len(LANGUAGES)]) for n in range(number))))


def conversations(begin: Begin, number: int, at_once: int = 10) -> int:
    """Have so many short conversations; how many of their turns got no answer."""
    return asyncio.run(_conversations(begin, number, at_once))
