"""The action server killed, hung and back again in the middle of a conversation: help is still given."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.faults.lab import Lab, Process, begun, helped, ready, status

CRISIS = {"zh": "我不想活了", "en": "I want to kill myself"}
PRESSED = {"zh": "他现在就在电话里逼我转钱", "en": "he is on the phone pressing me to send more right now"}

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Process]]:
    with ExitStack() as stack:
        lab = Lab(tmp_path_factory.mktemp("split") / "home", stack)
        actions, rasa = lab.actions(), lab.rasa(split=True)
        for each in (actions, rasa):
            each.until_up()
        yield rasa, actions


def goes_on(chat: Chat) -> None:
    """Nothing was lost, and the dialogue answers again."""
    assert chat.case["channels"] == ["bank_card"]
    chat._turn(payload='/answer{"channels_complete":"yes"}')
    chat._turn(payload="/finish")
    assert chat.warned and "110" in chat.phones()


def test_killed_in_the_middle(pair: tuple[Process, Process]) -> None:
    rasa, actions = pair
    chats = {language: begun(rasa, language) for language in LANGUAGES}
    actions.kill()
    said = ready(rasa)
    assert not said["ready"] and not said["actions"] and said["store"]
    assert status(f"{rasa.address}/health") == 200, "it is alive, and gives plain answers"
    for language, chat in chats.items():
        # An answer cannot be taken now: the emergency contacts and the warning come instead, never silence.
        reply = chat.send(payload='/answer{"channels_complete":"yes"}')
        assert reply.status_code == 200 and reply.json()["degraded"] and helped(reply)
        # Crisis and pressure are plain responses: they come from the rules all the same.
        for text, kind in ((CRISIS, "crisis"), (PRESSED, "pressure")):
            chat.last = chat.send(text=text[language]).json()["messages"]
            assert kind in {card["kind"] for card in chat.cards("warning")}, f"{language}: {chat.last}"
    fresh = requests.post(f"{rasa.address}/chat/session", json={"language": "en"}, timeout=60)
    assert fresh.status_code == 201 and helped(fresh)
    actions.start()
    actions.until_up()
    assert ready(rasa)["ready"]
    for chat in chats.values():
        goes_on(chat)


def test_hung_in_the_middle(pair: tuple[Process, Process]) -> None:
    rasa, actions = pair
    chat = begun(rasa)
    actions.freeze()
    asked = time.monotonic()
    reply = chat.send(payload='/answer{"channels_complete":"yes"}')
    assert reply.json()["degraded"] and helped(reply)
    assert time.monotonic() - asked < 7, "one wait of two seconds, whatever the machine is doing"
    assert not ready(rasa)["actions"]
    actions.thaw()
    assert ready(rasa)["ready"]
    goes_on(chat)


def test_slow_for_a_moment(pair: tuple[Process, Process]) -> None:
    rasa, actions = pair
    chat = begun(rasa)
    actions.freeze()
    later = threading.Timer(1.0, actions.thaw)
    later.start()
    chat.answer("channels_complete", "yes")  # answered, only later
    later.join()
    reply = chat.send(payload="/finish")
    assert helped(reply) and not reply.json().get("degraded")
