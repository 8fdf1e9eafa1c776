"""The console's API under attack: bytes that are no text, another's calls, guessed codes, other sites."""

from __future__ import annotations

import socket
import uuid
from urllib.parse import urlsplit

import pytest
import requests

from rasa_project.channels.http import SECURITY_HEADERS
from rasa_project.channels.person import CODE_BURST
from rasa_project.channels.staff import COOKIE, OPEN_TO_ALL, ROUTES, SUPERVISORS_ONLY
from tests.chat import TIMEOUT, Chat
from tests.servers import Running, serving
from tests.staff.console import PASSWORD, Console, staff_command
from tests.staff.test_handover import code_of, joined, person

NAMES = {"guest": "staff", "other": "staff", "boss": "supervisor"}
#: What a person told, that stands nowhere else.
NAME_TOLD = "甲乙丙丁戊己"
CLOSED = [route for route in ROUTES if route[2] not in OPEN_TO_ALL]


@pytest.fixture(scope="module")
def consoles(server: Running) -> dict[str, Console]:
    """Three accounts, signed in."""
    found = {}
    for name, role in NAMES.items():
        made = staff_command(server.home, "add", name, "--role", role, stdin=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
        found[name] = Console(server.url)
        assert found[name].sign_in(name).status_code == 200
    return found


def raw(url: str, method: str, path: str, **headers: bytes) -> tuple[int, bytes]:
    """Status and body of a request whose headers are these very bytes."""
    address = urlsplit(url)
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: x", b"Connection: close", b"Content-Length: 0"]
    lines += [name.replace("_", "-").encode() + b": " + value for name, value in headers.items()]
    with socket.create_connection((address.hostname, address.port), timeout=TIMEOUT) as line:
        line.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]


def filled(path: str, call: str = "0" * 32) -> str:
    return "/staff" + path.replace("<call_id:str>", call).replace("<step_id:str>", "report_police")


@pytest.mark.parametrize(
    "value", [b"\xff", b'"\xff"', b'"a\\777"', b"\xed\xa0\x80", b"x" * 4000, b"a=b;;=;\x01"]
)
def test_a_cookie_of_any_bytes_is_nobodys(server: Running, value: bytes) -> None:
    assert raw(server.url, "GET", "/staff/api/me", Cookie=COOKIE.encode() + b"=" + value)[0] in (400, 401)


@pytest.mark.parametrize("value", [b"", b"\xff", b"null", b"x" * 3000])
def test_a_csrf_token_of_any_bytes_is_refused(
    server: Running, consoles: dict[str, Console], value: bytes
) -> None:
    cookie = f"{COOKIE}={consoles['guest'].http.cookies[COOKIE]}".encode()
    status, body = raw(server.url, "POST", "/staff/api/logout", Cookie=cookie, X_CSRF_Token=value)
    assert status == 403 and b"bad_csrf" in body
    assert consoles["guest"].ask("GET", "me").status_code == 200


@pytest.mark.parametrize(("method", "path", "name"), CLOSED, ids=[f"{m} {p}" for m, p, _ in CLOSED])
def test_nothing_is_answered_to_who_is_not_signed_in(
    server: Running, consoles: dict[str, Console], method: str, path: str, name: str
) -> None:
    url = server.url + filled(path)
    chat = Chat(server.url).open()
    for headers in ({}, {"Cookie": f"{COOKIE}=made-up"}, chat.headers, {"X-Remote-User": "boss"}):
        reply = requests.request(method, url, json={}, headers=headers, timeout=TIMEOUT)
        assert (reply.status_code, reply.json()["error"]) == (401, "not_logged_in"), headers
        assert reply.headers["Cache-Control"] == "no-store"
        assert SECURITY_HEADERS.items() <= dict(reply.headers).items()
    guest = consoles["guest"]
    if method != "GET":
        without = guest.http.request(method, url, json={}, timeout=TIMEOUT)
        assert without.json()["error"] == "bad_csrf"
        theirs = {"X-CSRF-Token": consoles["other"].csrf}
        assert guest.http.request(method, url, json={}, headers=theirs, timeout=TIMEOUT).status_code == 403
    if name in SUPERVISORS_ONLY:
        mine = {"X-CSRF-Token": guest.csrf}
        reply = guest.http.request(method, url, json={}, headers=mine, timeout=TIMEOUT)
        assert reply.json()["error"] == "not_allowed"


def test_another_staff_members_call_is_not_there(consoles: dict[str, Console]) -> None:
    call = consoles["guest"].call()
    of_calls = [(m, p) for m, p, name in CLOSED if "<call_id" in p and name not in SUPERVISORS_ONLY]
    assert len(of_calls) > 12
    bodies = {
        "messages": {"id": "a", "text": "x"},
        "notes": {"notes": "x", "version": 0},
        "tick": {"done": True},
    }
    bodies |= {"say": {"id": "a", "text": "x"}, "close": {"disposition": "x"}}
    for method, path in of_calls:
        address = filled(path, call.call["id"]).removeprefix("/staff/api/")
        reply = consoles["other"].ask(method, address, bodies.get(path.rpartition("/")[2], {"done": True}))
        assert (reply.status_code, reply.json()["error"]) == (404, "no_such_call"), (method, path)
    assert call.call["id"] not in consoles["other"].ask("GET", "calls").text
    assert consoles["boss"].ask("GET", call.path).status_code == 200


def test_a_withdrawn_or_used_code_opens_nothing(server: Running, consoles: dict[str, Console]) -> None:
    chat = Chat(server.url).open()
    withdrawn = code_of(chat)
    assert person(chat, "DELETE", "person").status_code == 204
    first, second = code_of(chat), code_of(chat)
    for code in (withdrawn, first):
        assert consoles["guest"].ask("POST", "handover", {"code": code}).status_code == 404
    opened = consoles["guest"].do("POST", "handover", {"code": second}, 201)["call"]["id"]
    assert consoles["other"].ask("POST", "handover", {"code": second}).status_code == 404
    chat.say(f"我把钱转给了{NAME_TOLD}")
    assert person(chat, "DELETE", "person").status_code == 204
    # The call stays with what staff wrote themselves, and nothing of the person's.
    for path in ("", "/sheet", "/summary", "/updates"):
        assert NAME_TOLD not in consoles["guest"].ask("GET", f"calls/{opened}{path}").text, path
    for method, path, body in (
        ("POST", "/take", {}),
        ("POST", "/link", {}),
        ("POST", "/say", {"id": uuid.uuid4().hex, "text": "x"}),
        ("POST", "/messages", {"id": uuid.uuid4().hex, "text": "x"}),
    ):
        reply = consoles["guest"].ask(method, f"calls/{opened}{path}", body)
        # What is typed for the person is refused before that: nobody has taken the conversation.
        assert reply.json()["error"] == ("not_taken" if path == "/messages" else "withdrawn"), path


def test_the_codes_for_staff_and_for_a_plan_do_not_open_each_other(
    server: Running, consoles: dict[str, Console]
) -> None:
    chat = Chat(server.url).open()
    call = joined(consoles["guest"], chat)
    plan = consoles["guest"].do("POST", f"{call.path}/link", {}, 201)["code"]
    for_staff = code_of(chat)
    assert consoles["guest"].ask("POST", "handover", {"code": plan}).status_code == 404
    reply = requests.post(f"{server.url}/chat/code", json={"code": for_staff}, timeout=TIMEOUT)
    assert reply.status_code in (404, 429)


@pytest.mark.parametrize("name", ["q", "channel", "platform", "disposition"])
@pytest.mark.parametrize(
    "value", ["alipay", "\x00", "%", "';--", "\ud800".encode("utf-8", "replace").decode()]
)
def test_a_filter_is_never_a_statement(consoles: dict[str, Console], name: str, value: str) -> None:
    for path in ("calls", "counts", "counts.csv"):
        assert consoles["guest"].ask("GET", path, params={name: value}).status_code == 200


def test_other_sites_may_not_ask(server: Running) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    reply = requests.options(f"{server.url}/staff/api/login", headers=asked, timeout=TIMEOUT)
    assert not [name for name in reply.headers if name.lower().startswith("access-control-")]
    as_form = requests.post(
        f"{server.url}/staff/api/login",
        data=b'{"name":"guest","password":"x"}',
        headers={"Content-Type": "text/plain"},
        timeout=TIMEOUT,
    )
    assert as_form.status_code == 415


def test_codes_cannot_be_guessed_from_one_address(
    tmp_path_factory: pytest.TempPathFactory, whole: bool
) -> None:
    """Behind a proxy: each address has its own tries, an IPv6 network one share, and the end is believed."""
    if not whole:
        pytest.skip("a server of its own: with --whole")
    home = tmp_path_factory.mktemp("guessed") / "home"
    with serving(home, STEADY_WEB_PROXIES_COUNT="1") as running:

        def guess(seen: str) -> int:
            headers = {"X-Forwarded-For": seen}
            body = {"code": "ABCD-2345"}
            return requests.post(
                f"{running.url}/chat/code", json=body, headers=headers, timeout=TIMEOUT
            ).status_code

        made_up = [guess(f"192.0.2.{n}, 198.51.100.7") for n in range(CODE_BURST + 2)]
        assert made_up[0] == 404 and made_up[-1] == 429
        network = [guess(f"2001:db8:1:2::{n:x}") for n in range(1, CODE_BURST + 3)]
        assert network[0] == 404 and network[-1] == 429
        assert guess("2001:db8:1:3::1") == 404 and guess("198.51.100.8") == 404
