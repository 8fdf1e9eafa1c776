"""The action server killed in the middle of a conversation: help is still given, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from knowledge.case import LANGUAGES
from rasa_project import places, processes, serve, train
from tests.chat import Chat
from tests.servers import free_port, own_home

CRISIS = {"zh": "我不想活了", "en": "I want to kill myself"}
PRESSED = {"zh": "他现在就在电话里逼我转钱", "en": "he is on the phone pressing me to send more right now"}


class Pair:
    """The Rasa server and the action server as two processes that can be ended one by one."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, stack: ExitStack) -> None:
        model = train.ensure_model()
        own_home(home)
        monkeypatch.setenv("STEADY_HOME", str(home))
        (home / "data").mkdir()
        to = serve.Settings("127.0.0.1", free_port(), "127.0.0.1", free_port())
        self.environment = serve.server_env(to)
        self.url = f"http://127.0.0.1:{to.port}"
        self.stack = stack
        self.actions = self._start([sys.executable, "-m", "actions"])
        self._start(serve.rasa_command(model, to.host, to.port))
        self._until(200)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            cwd=places.ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.stack.callback(lambda: processes.stop([process]))
        return process

    def _until(self, status: int) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                if requests.get(f"{self.url}/health", timeout=5).status_code == status:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.3)
        raise AssertionError("Rasa is not healthy")

    def kill_actions(self) -> None:
        self.actions.kill()
        self.actions.wait(10)

    def restart_actions(self) -> None:
        self.actions = self._start([sys.executable, "-m", "actions"])
        port = self.environment["ACTIONS_PORT"]
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if requests.get(f"http://127.0.0.1:{port}/health", timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError("the action server did not come back")


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    with ExitStack() as stack:
        yield Pair(tmp_path / "home", monkeypatch, stack)


def test_killed_in_the_middle(pair: Pair) -> None:
    chats = {language: Chat(pair.url, language).open() for language in LANGUAGES}
    for chat in chats.values():
        chat.answer("situation", "lost_money")
        chat.answer("channels", "bank_card")
    pair.kill_actions()
    for language, chat in chats.items():
        # An answer cannot be taken now: the emergency contacts and the warning come instead, never silence.
        reply = chat.send(payload='/answer{"channels_complete":"yes"}')
        assert reply.status_code == 200 and reply.json()["degraded"]
        chat.last = reply.json()["messages"]
        assert "110" in chat.phones() and chat.warned
        # Crisis and pressure are plain responses: they come from the rules all the same.
        for text, kind in ((CRISIS, "crisis"), (PRESSED, "pressure")):
            chat.last = chat.send(text=text[language]).json()["messages"]
            assert kind in {card["kind"] for card in chat.cards("warning")}, f"{language}: {chat.last}"
    pair.restart_actions()
    for chat in chats.values():
        assert chat.case["channels"] == ["bank_card"], "nothing was lost"
        chat._turn(payload='/answer{"channels_complete":"yes"}')
        chat._turn(payload="/finish")
        assert chat.warned and "110" in chat.phones()


def test_a_new_conversation_while_it_is_gone(pair: Pair) -> None:
    pair.kill_actions()
    reply = requests.post(f"{pair.url}/chat/session", json={"language": "en"}, timeout=60)
    assert reply.status_code == 201
    chat = Chat(pair.url, "en")
    chat.last = reply.json()["messages"]
    assert "110" in chat.text and chat.warned
