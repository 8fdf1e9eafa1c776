"""Secrets typed by staff and by the person they talk to, wherever the console takes words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import requests

from tests.chat import TIMEOUT, Chat
from tests.privacy.variants import Planted
from tests.staff.console import Call, Console
from tests.staff.test_handover import joined

#: What can be had of a call afterwards.
SUMMARIES = ("json", "csv", "text")


def plant(console: Console, planted: Sequence[Planted], language: str) -> str:
    """Type them in a call, its notes, a search, an offer check, and in a hand-over in both directions.

    All that the console and the person are given of it afterwards. ``console`` is a supervisor's.
    """
    call = console.call(language)
    chat = Chat(console.url, language).open()
    handed = joined(console, chat)
    console.do("POST", f"{handed.path}/take", {})
    for each in planted:
        for text in each.messages:
            call.tell(text)
            assert chat.send(text=text).status_code == 200
            console.do("POST", f"{handed.path}/say", {"id": uuid.uuid4().hex, "text": text})
            console.get("search", q=text)
            console.get("calls", q=text)
            console.do("POST", "check", {"text": text, "lang": language})
    notes = "\n".join(text for each in planted for text in each.messages)
    for one in (call, handed):
        console.do("PUT", f"{one.path}/notes", {"notes": notes, "version": 0})
    console.do("POST", f"{call.path}/close", {"disposition": dispositions(console)[0]})
    return "\n".join([*_read(console, call), *_read(console, handed), *_read_as_the_person(chat)])


def dispositions(console: Console) -> list[str]:
    return [each["id"] for each in console.get("me")["hotline"]["dispositions"]]


def _read(console: Console, call: Call) -> list[str]:
    paths = [
        call.path,
        f"{call.path}/sheet",
        f"{call.path}/updates",
        "calls",
        "counts",
        "counts.csv",
        "audit",
    ]
    paths += [f"{call.path}/summary?format={kind}" for kind in SUMMARIES]
    answers = [console.ask("GET", path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.text for answer in answers]


def _read_as_the_person(chat: Chat) -> list[str]:
    paths = ("history", "updates", "export", "plan", "shared")
    urls = [f"{chat.url}/chat/{path}" for path in paths]
    return [requests.get(url, headers=chat.headers, timeout=TIMEOUT).text for url in urls]
