"""The output channel of one turn: every response becomes one message, in the order they were said."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from rasa_project.channels.messages import Message, as_message


class Collector(OutputChannel):
    """Collects the messages of one turn. ``channel`` is the name that responses are chosen by.

    ``responses`` are the names of the responses that were said.
    """

    def __init__(self, channel: str) -> None:
        self.messages: list[Message] = []
        self.responses: list[str] = []
        self._channel = channel

    def name(self) -> str:
        """Rasa asks the instance; two channels share this class."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Rasa would send text, buttons and card of one response one after the other."""
        collected = as_message(message)
        if collected:
            self.messages.append(collected)
            self.responses.append(message.get("utter_action") or "")
