"""Two workers on PostgreSQL and Redis: any of them goes on with a conversation, whatever else dies."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests

from tests.chat import Chat
from tests.faults.lab import Lab, Process, begun, helped, new_id, ready, send_and_hang_up, status, until
from tests.faults.shared_stores import Postgres, Redis, shared_stores

pytestmark = pytest.mark.server
ANSWER = '/answer{"channels_complete":"yes"}'


@dataclass
class Site:
    """Two workers, the action server they share, and their stores."""

    workers: tuple[Process, Process]
    actions: Process
    postgres: Postgres
    redis: Redis


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with ExitStack() as stack:
        postgres, redis = stack.enter_context(shared_stores())
        home: Path = tmp_path_factory.mktemp("many") / "home"
        secret = {"STEADY_SECRET": "a secret of these tests that all workers have"}
        lab = Lab(home, stack, **postgres.env, **redis.env, **secret)
        made = Site(
            (lab.rasa("one", split=True), lab.rasa("two", split=True)), lab.actions(), postgres, redis
        )
        for each in (made.actions, *made.workers):
            each.until_up()
        yield made


def on(worker: Process, chat: Chat) -> Chat:
    """The same conversation, talked to through this worker."""
    return replace(chat, url=worker.address)


def test_a_conversation_goes_on_with_any_worker(site: Site) -> None:
    one, two = site.workers
    chat = Chat(one.address, "en").open()
    chat.answer("situation", "lost_money")
    chat = on(two, chat)
    chat.answer("channels", "third_party_payment")
    chat = on(one, chat)
    chat.answer("channels_complete", "yes")
    chat = on(two, chat)
    chat.say("Alipay")
    chat = on(one, chat)
    chat._turn(payload="/finish")
    assert chat.steps and chat.case["platforms"] == ["alipay"]
    assert on(two, chat).history() == chat.history()
    requests.delete(f"{two.address}/chat/session", headers=chat.headers, timeout=30).raise_for_status()
    assert chat.send(payload="/finish").status_code == 410, "deleted through the other worker"


def test_messages_at_the_same_time_take_turns(site: Site) -> None:
    chat = begun(site.workers[0])
    texts = [f"再见 {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as people:
        sent = [people.submit(on(site.workers[n % 2], chat).send, text=t) for n, t in enumerate(texts)]
    assert {each.result().status_code for each in sent} == {200}
    history = chat.history()
    said = [m["text"] for m in history if m["from"] == "person"]
    assert sorted(said[2:]) == texts, "each once, none lost"
    senders = [m["from"] for m in history]
    assert "person,person" not in ",".join(senders), "each is answered before the next is read"


def test_a_worker_killed_in_the_middle_of_a_turn(site: Site) -> None:
    one, two = site.workers
    chat = begun(one)
    body = {"id": new_id(), "payload": ANSWER}
    site.actions.freeze()  # so that the turn is still open
    try:
        dying = threading.Thread(target=lambda: _send(chat, body))
        dying.start()
        time.sleep(0.7)
        one.kill()
    finally:
        site.actions.thaw()
    dying.join(20)
    other = on(two, chat)
    reply = other.send(**body)  # waits until the dead worker's lock has run out
    assert reply.status_code == 200 and not reply.json().get("degraded")
    assert other.send(**body).json() == reply.json(), "answered once"
    assert other.case["channels_complete"] and other.case["channels"] == ["bank_card"]
    assert ready(two)["ready"]
    one.start()
    one.until_up()
    assert on(one, chat).history() == other.history()


def _send(chat: Chat, body: dict[str, str]) -> None:
    with suppress(OSError, requests.RequestException):
        send_and_hang_up(chat, json.dumps(body).encode(), wait=3.0)


def refused_for_now(worker: Process, chat: Chat, part: str) -> None:
    reply = chat.send(payload=ANSWER)
    assert reply.status_code == 200 and reply.json()["degraded"] and helped(reply)
    fresh = requests.post(f"{worker.address}/chat/session", json={"language": "zh"}, timeout=30)
    assert fresh.status_code == 503 and helped(fresh)
    assert not ready(worker)[part]
    assert status(f"{worker.address}/chat/emergency") == 200


def goes_on(worker: Process, chat: Chat) -> None:
    until(lambda: bool(ready(worker)["ready"]), 30, "it did not recover")
    assert chat.case["channels"] == ["bank_card"]
    chat._turn(payload=ANSWER)


def test_redis_gone_and_back(site: Site) -> None:
    worker = site.workers[1]
    chat = begun(worker)
    site.redis.stop()
    refused_for_now(worker, chat, "locks")
    site.redis.start()
    goes_on(worker, chat)


def test_postgresql_gone_and_back(site: Site) -> None:
    worker = site.workers[1]
    chat = begun(worker)
    site.postgres.stop()
    refused_for_now(worker, chat, "store")
    assert status(f"{worker.address}/health") == 503
    site.postgres.start()
    goes_on(worker, chat)
