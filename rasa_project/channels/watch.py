"""The action server, watched: Rasa swallows its failures, so remember for each turn whether one happened."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

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
    """An action endpoint that notes failures and gives up after ``timeout`` seconds (Rasa would wait 300)."""

    def __init__(self, inner: EndpointConfig, timeout: float) -> None:
        self.__dict__.update(inner.__dict__)
        self._inner = inner
        self._timeout = timeout

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["timeout"] = self._timeout
        try:
            return await self._inner.request(*args, **kwargs)
        except Exception as error:
            # 400 is how an action rejects its own execution: part of the dialogue, not a failure.
            if not (isinstance(error, ClientResponseError) and error.status == 400):
                failures = _failures.get()
                if failures is not None:
                    failures.append(type(error).__name__)
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
