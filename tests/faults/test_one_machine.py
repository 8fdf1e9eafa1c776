"""One server on SQLite: killed, its database locked, its disk full, its pack gone, its replies lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests

from tests.chat import Chat
from tests.faults.lab import Lab, Process, begun, helped, new_id, ready, send_and_hang_up, status, until

pytestmark = pytest.mark.server
ANSWER = '/answer{"channels_complete":"yes"}'


class Machine:
    """The server and the folder of its data, which is a small disk of its own where we may make one."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        self.lab = Lab(home, stack)
        self.data = home / "data"
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(self.data)]
        self.own_disk = subprocess.run(mount, capture_output=True).returncode == 0
        if self.own_disk:
            stack.callback(lambda: subprocess.run(["umount", "-l", str(self.data)], check=True))
        self.rasa = self.lab.rasa()
        self.rasa.until_up()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with ExitStack() as stack:
        yield Machine(tmp_path_factory.mktemp("one") / "home", stack)


def refused_for_now(rasa: Process, chat: Chat) -> None:
    """A turn that cannot be stored is not answered as if it were; the contacts come instead."""
    reply = chat.send(payload=ANSWER)
    assert reply.status_code == 200 and reply.json()["degraded"] and helped(reply)
    fresh = requests.post(f"{rasa.address}/chat/session", json={"language": "zh"}, timeout=30)
    assert fresh.status_code == 503 and helped(fresh), "a conversation that is not stored has no token"
    assert status(f"{rasa.address}/chat/emergency") == 200
    assert not ready(rasa)["store"]
    assert status(f"{rasa.address}/ready") == 503


def goes_on(rasa: Process, chat: Chat) -> None:
    until(lambda: bool(ready(rasa)["ready"]), 20, "it did not recover")
    assert chat.case["channels"] == ["bank_card"], "what was answered before is there"
    chat._turn(payload=ANSWER)
    assert chat.case["channels_complete"]


def test_the_database_locked_by_another_program(machine: Machine) -> None:
    chat = begun(machine.rasa)
    with closing(sqlite3.connect(machine.data / "tracker.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused_for_now(machine.rasa, chat)
        assert status(f"{machine.rasa.address}/health") == 200, "it can still be read"
        other.execute("ROLLBACK")
    goes_on(machine.rasa, chat)


def test_a_full_disk(machine: Machine) -> None:
    if not machine.own_disk:
        pytest.skip("a small disk cannot be mounted here")
    chat = begun(machine.rasa)
    ballast = machine.data / "ballast"
    with ballast.open("wb", buffering=0) as out:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    out.write(b"x" * size)
            except OSError:
                continue
    refused_for_now(machine.rasa, chat)
    ballast.unlink()
    goes_on(machine.rasa, chat)


def test_a_reply_that_was_lost_is_given_again_and_counts_once(machine: Machine) -> None:
    chat = begun(machine.rasa)
    body = json.dumps({"id": new_id(), "payload": ANSWER}).encode()
    send_and_hang_up(chat, body, wait=1.0)
    headers = {**chat.headers, "Content-Type": "application/json"}
    again = [
        requests.post(f"{chat.url}/chat/message", data=body, headers=headers, timeout=30) for _ in range(2)
    ]
    assert [reply.status_code for reply in again] == [200, 200]
    assert again[0].json() == again[1].json() and again[0].json()["messages"]
    mine = [m for m in chat.history() if m["from"] == "person"]
    assert len(mine) == 3, "the situation, the channel, and this one answer once"


def test_the_pack_file_gone_under_a_running_server(machine: Machine) -> None:
    chat = begun(machine.rasa)
    packs = machine.lab.home / "pack"
    packs.rename(packs.with_name("away"))
    try:
        chat._turn(payload=ANSWER)
        chat._turn(payload="/finish")
        assert chat.steps and "110" in chat.phones()
        assert ready(machine.rasa)["ready"]
    finally:
        packs.with_name("away").rename(packs)


def test_killed_and_started_again(machine: Machine) -> None:
    chat = begun(machine.rasa)
    said = chat.history()
    machine.rasa.kill()
    machine.rasa.start()
    machine.rasa.until_up()
    assert chat.history() == said
    goes_on(machine.rasa, chat)
