"""A conversation with our own web channel, over one kept connection."""

from __future__ import annotations

import uuid
from typing import Any

import requests

TIMEOUT = 60  # seconds; a turn takes some ten milliseconds


class Conversation:
    """One conversation. Raises ``requests.RequestException`` where the server is not reached or refuses."""

    def __init__(self, url: str, language: str, session: requests.Session | None = None) -> None:
        self.url = url.rstrip("/")
        self.http = session or requests.Session()
        opened = self.http.post(f"{self.url}/chat/session", json={"language": language}, timeout=TIMEOUT)
        opened.raise_for_status()
        self.headers = {"Authorization": f"Bearer {opened.json()['token']}"}

    def send(self, **body: str) -> requests.Response:
        """One message: ``text=`` or ``payload=``. The raw answer, whatever its status."""
        return self.http.post(
            f"{self.url}/chat/message",
            json={"id": uuid.uuid4().hex, **body},
            headers=self.headers,
            timeout=TIMEOUT,
        )

    def case(self) -> dict[str, Any]:
        """The answers so far."""
        plan = self.http.get(f"{self.url}/chat/plan", headers=self.headers, timeout=TIMEOUT)
        plan.raise_for_status()
        return dict(plan.json()["case"])

    def forget(self) -> None:
        """Delete the conversation from the server."""
        self.http.delete(f"{self.url}/chat/session", headers=self.headers, timeout=TIMEOUT)


def open_question(messages: list[dict[str, Any]]) -> str | None:
    """The slot of the last question card among these messages."""
    cards = [message.get("custom") or {} for message in messages]
    asked = [card["slot"] for card in cards if card.get("type") == "question"]
    return asked[-1] if asked else None
