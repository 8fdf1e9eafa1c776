"""Who sends a request in drips is cut off: the time for a request counts from its first byte.

Sanic 21.12 counts from the latest byte, so that one byte now and then would hold a connection for ever; and
after the time is up it answers, but goes on reading what is still to come.
"""

from __future__ import annotations

from typing import Any

from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

#: Seconds for the head of a request to arrive.
HEAD = 10
#: Seconds that an idle connection is kept.
IDLE = 30
#: Seconds for the answer to go out that the time is up.
LAST_WORD = 2


def limit(config: Any, whole: float) -> None:
    """Set an app's time limits; ``whole``: seconds for body, answer and its reading together."""
    config.REQUEST_TIMEOUT = HEAD
    config.RESPONSE_TIMEOUT = whole
    config.KEEP_ALIVE_TIMEOUT = IDLE
    if not getattr(HttpProtocol.data_received, "from_first_byte", False):
        HttpProtocol.data_received = _from_first_byte(HttpProtocol.data_received)
        HttpProtocol.check_timeouts = _and_close(HttpProtocol.check_timeouts)


def _from_first_byte(received: Any) -> Any:
    """Sanic's own, except that only the first byte of a request starts the clock."""

    def data_received(self: HttpProtocol, data: bytes) -> None:
        reading = getattr(self, "_http", None)  # not there before the connection is set up
        begun = self._time if reading is not None and reading.stage is not Stage.IDLE else None
        received(self, data)
        if begun is not None:
            self._time = begun

    data_received.from_first_byte = True  # type: ignore[attr-defined]
    return data_received


def _and_close(check: Any) -> Any:
    """Sanic's own, and the connection is closed when the time for a request is up."""

    def check_timeouts(self: HttpProtocol) -> None:
        check(self)
        if getattr(self._http, "exception", None) is not None:
            self.loop.call_later(LAST_WORD, self.abort)

    return check_timeouts
