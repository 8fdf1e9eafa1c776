"""The turns that are timed: one conversation, told the same way to both pairs of servers."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

from benchmarks.web import TIMEOUT, Conversation

#: What kinds of turn there are, in the order of the report.
KINDS = {
    "button": "a button turn (form and actions)",
    "text": "a text turn answered by a response",
    "action": "a text turn with an action (form)",
    "plan": "the turn that shows the plan",
}
#: kind, then the text in each language or the payload.
Turn = tuple[str, dict[str, str]]
SCRIPT: tuple[Turn, ...] = (
    ("button", {"payload": '/answer{"situation":"lost_money"}'}),
    ("button", {"payload": '/answer{"channels":"third_party_payment"}'}),
    ("button", {"payload": '/answer{"channels_complete":"yes"}'}),
    ("action", {"zh": "支付宝", "en": "Alipay"}),
    ("action", {"zh": "昨天下午", "en": "yesterday afternoon"}),
    ("action", {"zh": "三万元", "en": "30000 yuan"}),
    ("plan", {"payload": "/finish"}),
    ("text", {"zh": "再见", "en": "goodbye"}),
    ("text", {"zh": "拜拜", "en": "bye bye"}),
)
#: Sends one turn (``text=`` or ``payload=``) and returns the messages that came back.
Send = Callable[..., Sequence[dict[str, Any]]]
#: Begins a conversation in a language.
Begin = Callable[[str], Send]


@dataclass
class Timed:
    """Seconds of every turn by kind, and how many turns got no answer."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    silent: int = 0


def ours(url: str, http: requests.Session) -> Begin:
    """Conversations over our web channel."""

    def begin(language: str) -> Send:
        conversation = Conversation(url, language, http)

        def send(**body: str) -> Sequence[dict[str, Any]]:
            answer = conversation.send(**body)
            answer.raise_for_status()
            return [] if answer.json().get("degraded") else answer.json()["messages"]

        return send

    return begin


def default(url: str, http: requests.Session) -> Begin:
    """Conversations over Rasa's REST channel."""

    def begin(language: str) -> Send:
        sender = uuid.uuid4().hex

        def send(text: str = "", payload: str = "") -> Sequence[dict[str, Any]]:
            body = {"sender": sender, "message": payload or text}
            answer = http.post(f"{url}/webhooks/rest/webhook", json=body, timeout=TIMEOUT)
            answer.raise_for_status()
            return list(answer.json())

        send(payload=f'/open_session{{"language":"{language}"}}')
        return send

    return begin


def talk(begin: Begin, language: str, into: Timed) -> None:
    """One conversation; every turn after the greeting is timed, from sending to the whole answer."""
    send = begin(language)
    for kind, said in SCRIPT:
        body = {"payload": said["payload"]} if "payload" in said else {"text": said[language]}
        before = time.perf_counter()
        messages = send(**body)
        into.seconds[kind].append(time.perf_counter() - before)
        into.silent += not messages
