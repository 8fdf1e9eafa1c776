"""The actions, watched: Rasa swallows their failures, so remember for each turn whether one happened.

They run on the action server or, with an address like ``inside:actions.inside``, in this process.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

import aiohttp
from rasa.core.agent import Agent
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

#: Begins an address that names a module of this machine, not a server.
INSIDE = "inside:"
#: An idle connection is let go before the action server (Sanic, 5 s) closes it under the next request.
KEPT_OPEN = 3.0
#: The failures of the turn that runs in this task; None outside a turn.
_failures: ContextVar[list[str] | None] = ContextVar("steady_action_failures", default=None)

#: Answers one call of an action: the body that Rasa would post -> (status, body).
Answer = Callable[[dict[str, Any]], Awaitable[tuple[int, dict[str, Any]]]]


def start_turn() -> list[str]:
    """Begin to note failures; the list that is returned fills up during the turn."""
    failures: list[str] = []
    _failures.set(failures)
    return failures


class WatchedEndpoint(EndpointConfig):
    """An action endpoint that notes failures and gives up after ``timeout`` seconds (Rasa would wait 300).

    One failed call ends all calls of the turn: a turn makes several, and the person would wait for each.
    ``trusted``: what comes back was made in this process, and is checked as it is read.
    """

    def __init__(self, inner: EndpointConfig, timeout: float) -> None:
        self.__dict__.update(inner.__dict__)
        self._timeout = timeout
        self._inside = _inside(inner.url or "")
        self.trusted = self._inside is not None
        self._session: aiohttp.ClientSession | None = None

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        failures = _failures.get()
        if failures:
            raise aiohttp.ClientConnectionError("an action failed earlier in this turn")
        try:
            return await self._answer(kwargs["json"])
        except Exception as error:
            # 400 is how an action rejects its own execution: part of the dialogue, not a failure.
            if isinstance(error, ClientResponseError) and error.status == 400:
                raise
            if failures is not None:
                failures.append(type(error).__name__)
            if isinstance(error, aiohttp.ClientError):
                raise
            # Rasa only expects connection errors; any other one would end the turn.
            raise aiohttp.ClientConnectionError("no answer from an action") from error

    async def _answer(self, call: dict[str, Any]) -> Any:
        if self._inside is not None:
            status, body = await self._inside(call)
            if status >= 400:
                raise ClientResponseError(status, "", json.dumps(body))
            return body
        try:
            return await self._post(call)
        except aiohttp.ServerDisconnectedError:  # an idle connection that was closed just now
            return await self._post(call)

    async def _post(self, call: dict[str, Any]) -> Any:
        if self._session is None or self._session.closed:
            # Rasa would open and close a connection for every call.
            connections = aiohttp.TCPConnector(keepalive_timeout=KEPT_OPEN)
            self._session = aiohttp.ClientSession(
                connector=connections,
                timeout=aiohttp.ClientTimeout(total=self._timeout),
                headers=self.headers,
                auth=aiohttp.BasicAuth(**self.basic_auth) if self.basic_auth else None,
            )
        params = self.combine_parameters()
        async with self._session.post(self.url, json=call, params=params) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason or "", await response.text())
            return await response.json()


def _inside(url: str) -> Answer | None:
    """``answer`` of the module that an address names; ``None`` for the address of a server."""
    if not url.startswith(INSIDE):
        return None
    found: Answer = import_module(url.removeprefix(INSIDE)).answer
    return found


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
