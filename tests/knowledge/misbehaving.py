"""A real web server on this machine whose pages misbehave, each in its own way."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Other name of the same machine: a redirect there leaves the host.
ELSEWHERE = "localhost"

GOOD = (
    "<html><body><h1>测试银行</h1><p>客服电话 {number}</p>"
    + "<p>网点和服务时间。</p>" * 20
    + "</body></html>"
)


@dataclass
class Server:
    """``hits`` counts the requests of each path, ``agents`` are the User-Agents, ``times`` when they came."""

    port: int
    hits: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


class _Handler(BaseHTTPRequestHandler):
    seen: Server
    stopping: threading.Event

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.seen.hits[name] += 1
        self.seen.agents.add(self.headers["User-Agent"])
        self.seen.times.append(time.monotonic())
        with contextlib.suppress(OSError):  # the visitor may leave first
            PAGES[name](self)

    def answer(self, body: bytes | str, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for key, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            if value:
                self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def drip(self, data: bytes) -> None:
        for i in range(len(data)):
            if self.stopping.wait(0.05):
                return
            self.wfile.write(data[i : i + 1])
            self.wfile.flush()


def _page(number: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.answer(GOOD.format(number=number))


def _flaky(handler: _Handler) -> None:
    if handler.seen.hits["flaky"] == 1:
        handler.answer("down", 500)
    else:
        handler.answer(GOOD.format(number="95588"))


def _redirect(target: str) -> Callable[[_Handler], None]:
    def send(handler: _Handler) -> None:
        handler.answer("", 302, Location=target.format(elsewhere=ELSEWHERE, port=handler.seen.port))

    return send


def _reset(handler: _Handler) -> None:
    # Linger of no time: closing sends a reset instead of a goodbye.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.wfile.flush()
    handler.connection.close()


def _huge(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(4000):  # 256 MB, if nobody stops it
        handler.wfile.write(b"<p>nothing here</p>\n" * 3277)


def _slow_header(handler: _Handler) -> None:
    handler.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 500)


def _slow_body(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.drip(b"<p>wait</p>" * 500)


def _silent(handler: _Handler) -> None:
    handler.stopping.wait(30)


PAGES: dict[str, Callable[[_Handler], None]] = {
    "good": _page("95588"),
    "changed": _page("95589"),
    "renumbered": _page("400-123-4567"),
    "without": lambda handler: handler.answer("<p>" + "没有电话。" * 40 + "</p>"),
    "longer": lambda handler: handler.answer("<p>" + "没有电话。" * 40 + " 1955881</p>"),
    "script-only": lambda handler: handler.answer(
        "<script>tel='95588'</script><style>.a95588{}</style><p>Loading</p>"
    ),
    "grouped": lambda handler: handler.answer(GOOD.format(number="955-88")),
    "full-width": lambda handler: handler.answer(GOOD.format(number="９５５８８")),
    "split": lambda handler: handler.answer(GOOD.format(number="<b>95</b><i>5</i>\u200b<span>88</span>")),
    "link": lambda handler: handler.answer(GOOD.format(number='<a href="tel:95588">拨打</a>')),
    "gbk": lambda handler: handler.answer(
        GOOD.format(number="９５５８８").encode("gbk"), Content_Type="text/html"
    ),
    "gbk-meta": lambda handler: handler.answer(
        ('<meta charset="gb2312">' + GOOD.format(number="95588")).encode("gb18030"), Content_Type="text/html"
    ),
    "gbk-misnamed": lambda handler: handler.answer(GOOD.format(number="95588").encode("gbk")),
    "gone": lambda handler: handler.answer("no such page 95588", 404),
    "refused": lambda handler: handler.answer("go away 95588", 403),
    "down": lambda handler: handler.answer("down", 503),
    "flaky": _flaky,
    "pdf": lambda handler: handler.answer(b"%PDF 95588", Content_Type="application/pdf"),
    "untyped": lambda handler: handler.answer(GOOD.format(number="95588"), Content_Type=""),
    "near": _redirect("/good"),
    "away": _redirect("http://{elsewhere}:{port}/good"),
    "file": _redirect("file:///etc/hostname"),
    "loop": _redirect("/loop"),
    "reset": _reset,
    "huge": _huge,
    "slow-header": _slow_header,
    "slow-body": _slow_body,
    "silent": _silent,
}


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """The server, on a free port of 127.0.0.1, until the end of the block."""
    stopping = threading.Event()
    handler = type("Handler", (_Handler,), {"stopping": stopping})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        handler.seen = Server(server.server_address[1])  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield handler.seen  # type: ignore[attr-defined]
        finally:
            stopping.set()
            server.shutdown()
