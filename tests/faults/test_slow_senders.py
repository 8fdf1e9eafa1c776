"""Who sends a request byte by byte does not hold its connection, however patient; others are answered."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from rasa_project.channels.slow_senders import HEAD, IDLE
from tests.faults.lab import QUICK, Lab, Process, begun

pytestmark = pytest.mark.server
BODY = float(QUICK["STEADY_WEB_TURN_TIMEOUT"]) + 15
#: Sanic looks only now and then.
LATE = 8


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with ExitStack() as stack:
        server = Lab(tmp_path_factory.mktemp("slow") / "home", stack).rasa()
        server.until_up()
        yield server


def dripped(rasa: Process, head: bytes, drip: bytes, longest: float) -> float:
    """Seconds until the server ends the connection; a byte is sent twice a second."""
    host, _, port = rasa.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=0.5) as line:
        begun = time.monotonic()
        line.sendall(head)
        while (waited := time.monotonic() - begun) < longest:
            try:
                if drip:
                    line.sendall(drip)
                if not line.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    return waited


def test_a_slow_sender_is_cut_off(rasa: Process) -> None:
    post = b"POST /chat/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    senders = {
        "head": (post + b"X-Long: ", b"x", HEAD),
        "body": (post + b"Content-Length: 4000\r\n\r\n{", b" ", BODY),
        "chunks": (post + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", BODY),
        "nothing": (b"", b"", IDLE),
    }
    with ThreadPoolExecutor(len(senders)) as people:
        waits = {
            name: people.submit(dripped, rasa, head, drip, limit + LATE + 5)
            for name, (head, drip, limit) in senders.items()
        }
        begun(rasa)  # meanwhile others are answered
    for name, (_, _, limit) in senders.items():
        assert waits[name].result() <= limit + LATE, f"{name}: held for {waits[name].result():.0f} s"
