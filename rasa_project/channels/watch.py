"""The action server, watched: Rasa swallows its failures, so remember for each turn whether one happened."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any
from urllib.parse import urljoin

import aiohttp
from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

#: The failures of the turn that runs in this task; None outside a turn.
_failures: ContextVar[list[str] | None] = ContextVar("steady_action_failures", default=None)


def start_turn() -> list[str]:
    """Begin to note failures; the list that is returned fills up during the turn."""
    failures: list[str] = []
    _failures.set(failures)
    return failures


class WatchedEndpoint(EndpointConfig):
    """An action endpoint that notes failures and gives up after ``timeout`` seconds (Rasa would wait 300).

    One failed call ends all calls of the turn: a turn makes several, and the person would wait for each.
    """

    def __init__(self, inner: EndpointConfig, timeout: float) -> None:
        self.__dict__.update(inner.__dict__)
        self._inner = inner
        self._timeout = timeout

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        failures = _failures.get()
        if failures:
            raise aiohttp.ClientConnectionError("the action server failed earlier in this turn")
        kwargs["timeout"] = self._timeout
        try:
            return await self._inner.request(*args, **kwargs)
        except Exception as error:
            # 400 is how an action rejects its own execution: part of the dialogue, not a failure.
            if isinstance(error, ClientResponseError) and error.status == 400:
                raise
            if failures is not None:
                failures.append(type(error).__name__)
            if isinstance(error, asyncio.TimeoutError):
                # Rasa only expects connection errors; any other one would end the turn.
                raise aiohttp.ClientConnectionError("no answer in time") from error
            raise


def watch(agent: Agent, timeout: float) -> None:
    """Put the agent's action endpoint under watch. Nothing to do when there is none."""
    endpoint = agent.action_endpoint
    if endpoint is None or isinstance(endpoint, WatchedEndpoint):
        return
    watched = WatchedEndpoint(endpoint, timeout)
    agent.action_endpoint = watched
    if agent.processor is not None:
        agent.processor.action_endpoint = watched


async def reachable(agent: Agent, timeout: float = 1.0) -> bool:
    """Whether the action server answers. True when actions need no server."""
    endpoint = agent.action_endpoint
    if endpoint is None or not endpoint.url or not endpoint.url.startswith("http"):
        return True
    address = urljoin(endpoint.url, "/health")
    limit = aiohttp.ClientTimeout(total=timeout)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(address) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False
