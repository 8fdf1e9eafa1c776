"""A person in a conversation, over HTTP: says things, presses buttons, reads what comes back by structure."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

Message = dict[str, Any]
TIMEOUT = 60


def said_in(messages: list[Message]) -> list[tuple[str, list[str]]]:
    """The words of a turn: each message's text and the titles of the steps it shows."""
    cards = [(m.get("text") or "", m.get("custom") or {}) for m in messages]
    return [(text, [step["title"] for step in card.get("steps", [])]) for text, card in cards]


@dataclass
class Chat:
    """One conversation with a running server. ``last`` are the messages of the last turn, ``all`` all."""

    url: str
    language: str | None = "zh"
    token: str = ""
    audience: dict[str, str] = field(default_factory=dict)
    last: list[Message] = field(default_factory=list)
    all: list[Message] = field(default_factory=list)
    #: What sends: ``requests`` itself, or a session that keeps its connection.
    http: Any = requests

    def open(self) -> Chat:
        body = {**({"language": self.language} if self.language else {}), **self.audience}
        reply = self.http.post(f"{self.url}/chat/session", json=body, timeout=TIMEOUT)
        assert reply.status_code == 201, reply.text
        self.token = reply.json()["token"]
        self._heard(reply.json()["messages"])
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, **body: Any) -> requests.Response:
        """One raw call of /chat/message; the id is made up unless given."""
        body.setdefault("id", uuid.uuid4().hex)
        return self.http.post(f"{self.url}/chat/message", json=body, headers=self.headers, timeout=TIMEOUT)

    def _turn(self, **body: Any) -> list[Message]:
        reply = self.send(**body)
        assert reply.status_code == 200, f"{reply.status_code} {reply.text} for {body}"
        messages: list[Message] = reply.json()["messages"]
        assert messages, f"silence after {body}"
        assert not reply.json().get("degraded"), f"degraded after {body}: {messages}"
        before = self.last
        self._heard(messages)
        assert said_in(before) != said_in(messages), f"the same words twice running after {body}: {self.text}"
        return messages

    def continue_(self) -> requests.Response:
        """Take the conversation up again with a token that may have expired; a good answer is heard."""
        reply = self.http.post(
            f"{self.url}/chat/session", json={"continue": True}, headers=self.headers, timeout=TIMEOUT
        )
        if reply.status_code == 201:
            self.token = reply.json()["token"]
            self._heard(reply.json()["messages"])
        return reply

    def _heard(self, messages: list[Message]) -> list[Message]:
        self.last = messages
        self.all += messages
        return messages

    def say(self, text: str) -> list[Message]:
        return self._turn(text=text)

    def press(self, intent: str, **values: str) -> list[Message]:
        """Press the button with this payload; it must be one of those on the screen."""
        payload = f"/{intent}" + (json.dumps(values, separators=(",", ":")) if values else "")
        assert payload in self.payloads, f"{payload} is not offered: {self.payloads}"
        return self._turn(payload=payload)

    def answer(self, slot: str, value: str) -> list[Message]:
        return self.press("answer", **{slot: value})

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for message in self.last for button in message.get("buttons", [])]

    def cards(self, kind: str, messages: list[Message] | None = None) -> list[Message]:
        found = (m.get("custom") or {} for m in (self.last if messages is None else messages))
        return [card for card in found if card.get("type") == kind]

    @property
    def question(self) -> str | None:
        """The slot of the question that is open, as the last turn shows it."""
        asked = self.cards("question")
        return asked[-1]["slot"] if asked else None

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps shown in the last turn."""
        return [step for card in self.cards("steps") for step in card["steps"]]

    @property
    def warned(self) -> bool:
        """Whether the last turn warns of the second fraud."""
        return any(card["kind"] == "recovery_offer" for card in self.cards("warning"))

    @property
    def text(self) -> str:
        return "\n".join(m.get("text") or "" for m in self.last)

    def plan(self) -> dict[str, Any]:
        reply = self.http.get(f"{self.url}/chat/plan", headers=self.headers, timeout=TIMEOUT)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    @property
    def case(self) -> dict[str, Any]:
        return dict(self.plan()["case"])

    def export(self) -> dict[str, Any]:
        """All that is held of the conversation, as the person may take it home."""
        reply = requests.get(f"{self.url}/chat/export", headers=self.headers, timeout=TIMEOUT)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def history(self) -> list[Message]:
        reply = self.http.get(f"{self.url}/chat/history", headers=self.headers, timeout=TIMEOUT)
        assert reply.status_code == 200, reply.text
        return list(reply.json()["messages"])

    def phones(self) -> set[str]:
        """Every number shown in a card of the last turn."""
        shown: set[str] = set()
        for message in self.last:
            card = message.get("custom") or {}
            for contact in card.get("contacts", []):
                shown.add(contact.get("phone", ""))
            for step in card.get("steps", []):
                shown |= {contact.get("phone", "") for contact in step["contacts"]}
        return shown - {""}
