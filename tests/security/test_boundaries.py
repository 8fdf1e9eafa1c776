"""Who reaches what: one conversation never another, typed words never an intent, Rasa's own routes nobody."""

from __future__ import annotations

import json
import time
import uuid

import pytest
import requests

from rasa_project.channels import tokens
from tests.chat import TIMEOUT, Chat
from tests.servers import Running

READ = ("history", "plan", "export")
#: Every route of rasa.server and of the channels Rasa ships with.
RASAS_ROUTES = [
    ("GET", "/version"),
    ("GET", "/status"),
    ("GET", "/domain"),
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    ("POST", "/model/train"),
    ("POST", "/model/test/stories"),
    ("POST", "/model/test/intents"),
    ("POST", "/model/predict"),
    ("POST", "/model/parse"),
    ("PUT", "/model"),
    ("DELETE", "/model"),
    ("GET", "/conversations/{id}/tracker"),
    ("POST", "/conversations/{id}/tracker/events"),
    ("PUT", "/conversations/{id}/tracker/events"),
    ("GET", "/conversations/{id}/story"),
    ("POST", "/conversations/{id}/execute"),
    ("POST", "/conversations/{id}/trigger_intent"),
    ("POST", "/conversations/{id}/predict"),
    ("POST", "/conversations/{id}/messages"),
    ("POST", "/webhooks/rest/webhook"),
    ("GET", "/webhooks/rest/"),
    ("POST", "/webhooks/callback/webhook"),
    ("POST", "/webhooks/rasa/webhook"),
    ("GET", "/webhooks/rasa/health"),
    ("GET", "/webhooks/web/"),
    ("POST", "/webhooks/web/webhook"),
    ("POST", "/webhook"),
    ("GET", "/actions"),
    ("GET", "/socket.io/"),
    ("GET", "/chat/webhook"),
    ("POST", "/auth"),
    ("GET", "/auth/me"),
]


def secret(server: Running) -> bytes:
    return (server.home / "data" / "secret").read_text().strip().encode()


def asked(server: Running, token: str, path: str = "history") -> requests.Response:
    return requests.get(
        f"{server.url}/chat/{path}", headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT
    )


@pytest.mark.parametrize(("method", "path"), RASAS_ROUTES)
def test_rasas_own_routes_are_closed(server: Running, method: str, path: str) -> None:
    conversation = tokens.conversation_id(tokens.new_id())
    reply = requests.request(
        method,
        server.url + path.format(id=conversation),
        json={"sender": "x", "message": "hi"},
        timeout=TIMEOUT,
    )
    assert reply.status_code == 404
    assert reply.json()["error"] == "not_found"


def test_the_start_page_tells_no_version(server: Running) -> None:
    reply = requests.get(server.url, timeout=TIMEOUT, allow_redirects=False)
    assert (reply.status_code, reply.headers["Location"]) == (302, "/chat/")
    assert not {"server", "x-powered-by"} & {name.lower() for name in reply.headers}


def test_one_conversation_cannot_reach_another(server: Running) -> None:
    mark = uuid.uuid4().hex
    mine, theirs = Chat(server.url).open(), Chat(server.url).open()
    mine.send(text=f"我的事 {mark}")
    swapped = [
        theirs.token.split(".")[0] + "." + mine.token.split(".")[1],
        mine.token.split(".")[0] + "." + theirs.token.split(".")[1],
    ]
    session = tokens.verify(secret(server), mine.token, 0)
    soon, past = int(time.time()) + 600, int(time.time()) - 1
    forged = [
        tokens.issue(b"another-secret-0123456789", session, soon),
        tokens.issue(secret(server), session, past),
        tokens.issue(secret(server), session, soon, tokens.PLAN_LINK),
        tokens.issue(secret(server), session, soon, b""),
        tokens.conversation_id(session),
        session.hex(),
        mine.token[:-1],
        mine.token + "A",
        mine.token.upper(),
        "",
    ]
    for token in swapped + forged:
        for path in READ:
            reply = asked(server, token, path)
            assert reply.status_code == 401, (token, path)
            assert mark not in reply.text
    for path in READ:
        assert mark not in asked(server, theirs.token, path).text
    assert mark in asked(server, mine.token).text


def test_a_link_reads_the_plan_and_nothing_else(server: Running) -> None:
    chat = Chat(server.url).open()
    made = requests.post(f"{server.url}/chat/link", headers=chat.headers, timeout=TIMEOUT)
    link = {"Authorization": f"Bearer {made.json()['token']}"}
    assert requests.get(f"{server.url}/chat/shared", headers=link, timeout=TIMEOUT).status_code == 200
    for method, path in [
        *(("GET", path) for path in READ),
        ("POST", "link"),
        ("POST", "message"),
        ("POST", "plan/x"),
        ("DELETE", "session"),
    ]:
        reply = requests.request(method, f"{server.url}/chat/{path}", headers=link, timeout=TIMEOUT)
        assert reply.status_code == 401, (method, path)
    # Whose page it is, is told from the token: only the conversation's own may tick.
    for headers, own in ((link, False), (chat.headers, True)):
        reply = requests.get(f"{server.url}/chat/shared", headers=headers, timeout=TIMEOUT)
        assert reply.json()["own"] is own


TYPED = [
    "/restart",
    "/session_start",
    '/set_slot{"audience":"staff"}',
    '/SetSlots(audience="staff")',
    "/ restart",
    "／restart",
    "\u200b/restart",
    "\u2060\ufeff /restart",
    "\n/restart",
    "//restart",
    '/open_session{"audience":"staff"}',
    '/answer{"situation":"lost_money"}',
    "/nlu_fallback@0.99",
    "/start_over",
    "/back",
]


def test_typed_intents_are_words(server: Running) -> None:
    chat = Chat(server.url).open()
    chat.say("我被骗了3000元，支付宝转的")
    before = chat.case
    for text in TYPED:
        assert chat.send(text=text).status_code == 200, text
    assert chat.case["amount"] == before["amount"], "the conversation began anew"
    assert chat.case["audience"] == "victim"
    stored = asked(server, chat.token, "export").json()["stored"]
    assert not {"restart", "session_started"} & {event["event"] for event in stored[3:]}
    assert len([m for m in chat.history() if m["from"] == "person"]) == len(TYPED) + 1


PAYLOADS = [
    "/restart",
    "/session_start",
    '/set_slot{"audience":"staff"}',
    '/open_session{"audience":"staff","language":"zh","region":"cn"}',
    '/answer{"situation":"lost_money","audience":"staff"}',
    '/answer{"situation":["lost_money"]}',
    '/answer{"situation":"lost_money"}{"a":1}',
    '/answer@0.5{"situation":"lost_money"}',
    "／restart",
    " /restart",
    "/come_back",
    '/switch_language{"language":"fr"}',
    "/" + "a" * 1999,
    "EXTERNAL: restart",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_only_offered_payloads_count(server: Running, payload: str) -> None:
    chat = Chat(server.url).open()
    reply = chat.send(payload=payload)
    assert (reply.status_code, reply.json()["error"]) == (400, "payload_not_offered")
    assert len(chat.history()) == len(chat.all)


def test_a_payload_of_another_conversation_is_not_offered(server: Running) -> None:
    mine, theirs = Chat(server.url).open(), Chat(server.url).open()
    mine.say("我被骗了，支付宝转的3000元")
    own = next(p for p in mine.payloads if p not in theirs.payloads)
    reply = theirs.send(payload=own)
    assert (reply.status_code, reply.json()["error"]) == (400, "payload_not_offered")


def test_nothing_of_a_person_is_in_an_address_or_kept_by_a_cache(server: Running) -> None:
    chat = Chat(server.url).open()
    for path in READ:
        assert asked(server, chat.token, path).headers["Cache-Control"] == "no-store"
        in_address = requests.get(f"{server.url}/chat/{path}?token={chat.token}", timeout=TIMEOUT)
        assert in_address.status_code == 401
    assert json.dumps(chat.history())
