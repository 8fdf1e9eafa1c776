"""The clock of a real server jumps: conversations go on in their order, and nothing is taken for old."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.faults.lab import Lab, Process, begun, helped, ready, status

pytestmark = pytest.mark.server
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
#: Days: short, so that the server looks for old conversations every ten seconds or so.
RETENTION = 0.001


class Clock:
    """The server's clock, as many days ahead of ours as :meth:`jump` says."""

    def __init__(self, offset: Path) -> None:
        self.offset = offset
        self.jump(0)

    @property
    def env(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, days: float) -> None:
        self.offset.write_text(f"{days * 86_400:+.0f}")


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Process, Clock]]:
    if FAKETIME is None:
        pytest.skip("not installed: libfaketime (Debian: apt-get install libfaketime)")
    folder = tmp_path_factory.mktemp("clock")
    with ExitStack() as stack:
        clock = Clock(folder / "offset")
        lab = Lab(folder / "home", stack, STEADY_WEB_RETENTION_DAYS=str(RETENTION), **clock.env)
        rasa = lab.rasa()
        rasa.until_up()
        yield rasa, clock


def well(rasa: Process) -> bool:
    return bool(ready(rasa)["ready"]) and status(f"{rasa.address}/health") == 200


def test_conversations_go_on_whatever_the_clock_says(clocked: tuple[Process, Clock]) -> None:
    rasa, clock = clocked
    chats = {language: begun(rasa, language) for language in LANGUAGES}
    for days in (2.0, -2.0, 0.0):
        clock.jump(days)
        for chat in chats.values():
            chat.say("110")  # no answer to the question; it must still be answered, and kept in its place
        assert well(rasa)
    for chat in chats.values():
        assert chat.case["channels"] == ["bank_card"]
        said = [m["text"] for m in chat.history() if m["from"] == "person"]
        assert said[2:] == ["110"] * 3
        reply = chat.send(payload="/finish")
        assert helped(reply) and not reply.json().get("degraded")


def test_a_jump_forward_makes_nothing_old(clocked: tuple[Process, Clock]) -> None:
    rasa, clock = clocked
    chat = begun(rasa)
    clock.jump(2)
    time.sleep(RETENTION * 86_400 / 10 * 1.25 + 2)  # at least one look at what is old
    assert chat.case["channels"] == ["bank_card"]
    clock.jump(0)


def test_a_token_that_expired_by_the_jump_continues_its_conversation(clocked: tuple[Process, Clock]) -> None:
    rasa, clock = clocked
    chat = begun(rasa)
    clock.jump(4)  # tokens are good for three days
    assert chat.send(payload="/finish").status_code == 401
    answer = requests.post(
        f"{rasa.address}/chat/session", json={"continue": True}, headers=chat.headers, timeout=60
    )
    assert answer.status_code == 201 and not answer.json().get("degraded")
    again = Chat(rasa.address, token=answer.json()["token"])
    assert again.case["channels"] == ["bank_card"]
    clock.jump(0)
