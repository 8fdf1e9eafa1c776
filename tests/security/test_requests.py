"""Requests too large, too many, malformed or slow get a clear answer, with every header, and no trace."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from rasa_project.channels.http import LARGEST_BODY, SECURITY_HEADERS
from tests.chat import TIMEOUT, Chat
from tests.servers import Running

PAGES = ("/chat/", "/chat/emergency", "/chat/my-plan", "/chat/papers")
TRACE = re.compile(r"Traceback|File \"|sanic|rasa|python|/[a-z]+\.py", re.I)

POST = b"POST /chat/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def post(server: Running, path: str, data: bytes, **headers: str) -> requests.Response:
    headers = {"Content-Type": "application/json", **headers}
    return requests.post(server.url + path, data=data, headers=headers, timeout=TIMEOUT)


def raw(server: Running, request: bytes, wait: float = 5) -> bytes:
    """What the server answers to these very bytes."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=wait) as line:
        line.sendall(request)
        answer = b""
        try:
            while part := line.recv(65536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
    return answer


BAD_BODIES = [
    (b"[" * 8000, 400, "bad_json"),
    (b'{"id":' * 2000, 400, "bad_json"),
    (b'{"id":"a","id":"b","text":"x"}', 400, "bad_json"),
    (b'{"id":1' + b"0" * 10000 + b"}", 400, "bad_json"),
    (b"\xff\xfe", 400, "bad_json"),
    (b"null", 400, "bad_request"),
    (b'{"id":"' + b"a" * 5000 + b'","text":"x"}', 400, "bad_id"),
    (b'{"id":"a","text":"' + b"x" * 2001 + b'"}', 413, "text_too_long"),
    (json.dumps({"id": "a", "text": "骗" * 5000}).encode(), 413, "text_too_long"),
    (json.dumps({"id": "a", "text": "\N{WORRIED FACE}" * 5000}).encode(), 413, "text_too_long"),
    (b"[" * (LARGEST_BODY - 1), 400, "bad_json"),
    (b'{"id":"a","text":"' + b"x" * LARGEST_BODY + b'"}', 413, "too_large"),
    (b'{"id":"a","text":"\\ud800"}', 400, "empty_text"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_bad_bodies_get_clear_answers(server: Running, body: bytes, status: int, code: str) -> None:
    chat = Chat(server.url).open()
    begun = time.monotonic()
    reply = post(server, "/chat/message", body, **chat.headers)
    assert (reply.status_code, reply.json()["error"]) == (status, code)
    assert reply.json()["message"].endswith(".")
    assert time.monotonic() - begun < 10
    assert_bare(reply)


def assert_bare(reply: requests.Response) -> None:
    """Every security header is there, no banner, no trace, no permission for others."""
    for name, value in SECURITY_HEADERS.items():
        assert reply.headers.get(name) == value, name
    assert not {n for n in reply.headers if n.lower() in ("server", "x-powered-by")}
    assert not {n for n in reply.headers if n.lower().startswith("access-control-")}
    if not reply.ok:
        assert not TRACE.search(reply.text)


def odd_requests() -> Iterator[tuple[str, str, dict[str, str]]]:
    for path in (
        "/nothing",
        "/chat/../etc/passwd",
        "/chat/static/..%2f..%2fserve.py",
        "/chat/static/%00",
        "/chat/%ff",
        "//evil.example/",
        "/%2f%2fevil.example",
        "/chat/static/%2e%2e/web.py",
        "/chat/static/..%5cweb.py",
        "/chat/static//etc/passwd",
        "/staff/api/calls/%00",
    ):
        yield "GET", path, {}
    for method in ("PUT", "PATCH", "TRACE", "OPTIONS", "DELETE", "FOO"):
        yield method, "/chat/history", {}
    yield "POST", "/chat/session", {"Content-Type": "text/plain"}
    yield "GET", "/chat/history", {"Authorization": "Bearer " + "A" * 4000}
    yield "GET", "/chat/?lang=" + "x" * 3000, {"Accept-Language": "," * 3000}
    yield "GET", "/chat/", {"Origin": "https://evil.example"}
    yield (
        "OPTIONS",
        "/chat/message",
        {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"},
    )
    yield "GET", "/health", {}


ODD = list(odd_requests())


@pytest.mark.parametrize(("method", "path", "headers"), ODD, ids=[f"{m} {p[:30]}" for m, p, _ in ODD])
def test_every_answer_has_the_headers(
    server: Running, method: str, path: str, headers: dict[str, str]
) -> None:
    body = b"x=1" if method == "POST" else None
    reply = requests.request(method, server.url + path, headers=headers, data=body, timeout=TIMEOUT)
    assert reply.status_code < 500
    assert_bare(reply)
    if not reply.ok and reply.content and method != "HEAD":
        assert {"error", "message"} <= reply.json().keys()


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_a_strict_policy_and_nothing_inline(server: Running, path: str) -> None:
    reply = requests.get(server.url + path, timeout=TIMEOUT)
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|\*|https?:|data:(?=.*script)", policy.replace("img-src 'self' data:", ""))
    html = reply.text
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://[^\"]+\.js", html, re.I
    )


MALFORMED = [
    b"GARBAGE\r\n\r\n",
    b"POST /chat/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /chat/session HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    b"POST /chat/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"GET /chat/ HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
    b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /chat/\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /chat/session HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n",
]


@pytest.mark.parametrize("request_", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_requests_are_refused_without_a_trace(server: Running, request_: bytes) -> None:
    answer = raw(server, request_, 3).decode("utf-8", "replace")
    assert re.match(r"HTTP/1\.1 4\d\d |$", answer)
    assert not TRACE.search(answer)
    if answer:
        assert "Content-Security-Policy" in answer.title().replace(
            "Content-Security-Policy", "Content-Security-Policy"
        )
    assert requests.get(f"{server.url}/health", timeout=TIMEOUT).ok


def test_a_chunked_body_is_limited_as_well(server: Running) -> None:
    chunk = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    answer = raw(server, head + chunk * (LARGEST_BODY // 0x1000 + 1), 5)
    assert answer.startswith(b"HTTP/1.1 413") and b"too_large" in answer


def test_who_sends_slowly_keeps_nobody_waiting(server: Running) -> None:
    """Half a request on many lines: others are answered meanwhile."""
    address = urlsplit(server.url)
    head = POST + b"Content-Length: 100\r\n\r\n{"
    lines = [socket.create_connection((address.hostname, address.port), timeout=5) for _ in range(50)]
    try:
        for line in lines:
            line.sendall(head)
        assert Chat(server.url).open().last
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_an_address_cannot_be_made_up(server: Running, header: str) -> None:
    for value in ("1.2.3.4", "::1", "'; drop table events", "x" * 3000):
        assert requests.get(f"{server.url}/chat/", headers={header: value}, timeout=TIMEOUT).ok


def test_errors_say_nothing_of_what_was_sent(server: Running) -> None:
    reply = post(server, "/chat/session", json.dumps({"language": "<script>alert(1)</script>"}).encode())
    assert reply.status_code == 400 and "script" not in reply.text


@pytest.mark.parametrize("path", ["/", "/chat", "/staff"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "[::1]", "x" * 300])
def test_no_answer_leads_to_the_host_that_was_asked_for(server: Running, path: str, host: str) -> None:
    headers = {"Host": host, "X-Forwarded-Host": host}
    reply = requests.get(server.url + path, headers=headers, timeout=TIMEOUT, allow_redirects=False)
    assert reply.status_code == 302
    assert reply.headers["Location"] in ("/chat/", "/staff/")
    assert_bare(reply)
