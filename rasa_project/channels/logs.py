"""The log: one JSON line an event, bound to conversation and request, never with anything that was said.

A line has only the keys of :data:`KEYS`, whoever logs it. ``conversation`` is a short hash, the same in every
line of a conversation; ``request`` is the proxy's ``X-Request-ID``, or our own, and goes back to the caller.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import time
import traceback
import uuid
from types import TracebackType
from typing import Any

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse
from structlog.typing import EventDict, Processor

#: All that a line may say. The words of libraries are kept, what they add to them is not.
KEYS = (
    *("timestamp", "level", "logger", "event", "conversation", "request"),
    *("method", "route", "status", "seconds", "what", "error", "failures", "exception"),
)
HEADER = "X-Request-ID"
#: With a letter: a number that somebody puts there might be a secret one.
_GIVEN = re.compile(r"(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9._-]{8,64}")
#: Asked too often, or too dull, for a line each.
QUIET = ("/health", "/ready", "/chat/static/")

logger = structlog.get_logger(__name__)


def configure() -> None:
    """Write every log of this process as JSON lines to its output."""
    prepare: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(where),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *prepare,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=prepare,
            processors=[_allowed, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(logging.WARNING)
    for name in ("sanic.root", "sanic.error", "sanic.access"):
        # They write in a form of their own, with the messages of exceptions.
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("rasa_project").setLevel(logging.INFO)
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)


def where(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """The kinds of an exception and of what caused it, and the lines of code, the innermost last.

    Never the message: it may repeat what somebody wrote.
    """
    parts: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(parts) < 10:
        lines = traceback.extract_tb(error.__traceback__)
        code = "".join(f"  {line.filename}:{line.lineno} {line.name}\n" for line in lines)
        parts.append(f"{type(error).__name__}\n{code}")
        error = error.__cause__ or error.__context__
    return "caused by ".join(parts)


def _allowed(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {key: event[key] for key in KEYS if event.get(key) is not None}


def about(conversation: str) -> None:
    """Bind the lines of this request to a conversation."""
    short = hashlib.blake2s(conversation.encode(), digest_size=5).hexdigest()
    structlog.contextvars.bind_contextvars(conversation=short)


def install(app: Sanic) -> None:
    """Give every request its id, and a line when it is answered."""

    async def begin(request: Request) -> None:
        given = request.headers.get(HEADER, "")
        request.ctx.id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.ctx.begun = time.perf_counter()
        # A connection that stays open carries one request after the other.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.ctx.id)

    async def end(request: Request, response: BaseHTTPResponse) -> None:
        begun = getattr(request.ctx, "begun", None)
        if begun is None or response is None:
            return
        response.headers[HEADER] = request.ctx.id
        if not request.path.startswith(QUIET):
            route = request.route.path if request.route else "unknown"
            seconds = round(time.perf_counter() - begun, 4)
            logger.info(
                "answered", method=request.method, route=route, status=response.status, seconds=seconds
            )

    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")
