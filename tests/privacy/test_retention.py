"""What is deleted, by a person or by time, is in no byte of any file any more."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

import pytest
import requests

from rasa_project.channels import tokens
from tests.chat import Chat
from tests.privacy.scan import contents, readable
from tests.servers import Running, serving

#: Days: some four seconds.
SOON = "0.00005"
LIMIT = 60


def a_name() -> str:
    """A word that stands nowhere else, without figures."""
    return "mr" + uuid.uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def told(url: str, mark: str) -> Chat:
    chat = Chat(url, "en").open()
    chat.send(text=f"I paid a man who called himself {mark} 3000 yuan by Alipay")
    return chat


def delete(chat: Chat) -> None:
    reply = requests.delete(f"{chat.url}/chat/session", headers=chat.headers, timeout=60)
    assert reply.status_code == 204


def marks(secret: str, chat: Chat) -> list[str]:
    """What stands for the conversation where it is stored: its id, and the one inside its token."""
    session = tokens.verify(secret.encode(), chat.token, 0)
    return [tokens.conversation_id(session), session.hex()]


def own_secret(home: Path) -> str:
    return (home / "data" / "secret").read_text().strip()


def where(home: Path, mark: str) -> list[str]:
    return [name for name, data in contents(home) if mark in readable(data)]


def gone(chat: Chat) -> bool:
    return requests.get(f"{chat.url}/chat/history", headers=chat.headers, timeout=60).status_code == 410


def test_a_deleted_conversation_leaves_nothing(server: Running) -> None:
    mark, other = a_name(), a_name()
    chat, stays = told(server.url, mark), told(server.url, other)
    assert where(server.home, mark)
    own = marks(own_secret(server.home), chat)
    assert where(server.home, own[0])
    delete(chat)
    assert [where(server.home, each) for each in (mark, *own)] == [[], [], []]
    assert gone(chat) and not gone(stays)
    assert where(server.home, other)


def test_unused_conversations_are_deleted_by_the_server_itself(tmp_path: Path) -> None:
    mark = a_name()
    with serving(tmp_path / "home", STEADY_WEB_RETENTION_DAYS=SOON) as running:
        chat = told(running.url, mark)
        until = time.monotonic() + LIMIT
        while not gone(chat):
            assert time.monotonic() < until, "it is still there"
            time.sleep(0.5)
        assert where(running.home, mark) == []
        assert told(running.url, mark).history()


def test_a_person_gets_all_that_is_held_as_a_file(server: Running) -> None:
    mark = a_name()
    chat = told(server.url, mark)
    reply = requests.get(f"{server.url}/chat/export", headers=chat.headers, timeout=60)
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    held = reply.json()
    assert held["messages"] == chat.history()
    assert held["case"] == chat.case
    assert held["kept_for_days"] > 0
    assert any(mark in str(event.get("text")) for event in held["stored"])
    assert {"user", "bot", "slot"} <= {event["event"] for event in held["stored"]}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
def test_nobody_else_gets_it(server: Running, headers: dict[str, str]) -> None:
    assert requests.get(f"{server.url}/chat/export", headers=headers, timeout=60).status_code == 401
