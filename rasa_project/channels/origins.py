"""Which other sites may carry the conversation: their origins, and the headers that let them."""

from __future__ import annotations

import re
from collections.abc import Collection

from sanic.request import Request
from sanic.response import HTTPResponse

#: scheme, host and port, as a browser sends it in ``Origin``; ``null`` is nobody's origin.
ORIGIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")
METHODS = "GET, POST, DELETE"
HEADERS = "authorization, content-type"
#: How long a browser may remember the answer, in seconds.
REMEMBER = 600


def read_origins(setting: str) -> tuple[str, ...]:
    """The origins named in ``setting``, separated by spaces or commas. ValueError names a bad one."""
    named = [each.rstrip("/").lower() for each in re.split(r"[\s,]+", setting) if each]
    for origin in named:
        if not ORIGIN.fullmatch(origin):
            raise ValueError(
                f"setting allowed_origins: {origin!r} is no origin; write https://www.example.org, "
                "without a path (a star is not accepted: name the sites)"
            )
    return tuple(dict.fromkeys(named))


def permission(request: Request, allowed: Collection[str]) -> dict[str, str]:
    """The headers that let the page of an allowed origin read this response; empty for all others."""
    origin = (request.headers.get("origin") or "").lower()
    if origin not in allowed:
        return {}
    headers = {"Access-Control-Allow-Origin": origin, "Cross-Origin-Resource-Policy": "cross-origin"}
    if is_preflight(request):
        headers["Access-Control-Allow-Methods"] = METHODS
        headers["Access-Control-Allow-Headers"] = HEADERS
        headers["Access-Control-Max-Age"] = str(REMEMBER)
    return headers


def is_preflight(request: Request) -> bool:
    """Whether a browser asks before it sends."""
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


def answer_preflight(request: Request, allowed: Collection[str]) -> HTTPResponse | None:
    """204 or 403 to a browser that asks before it sends (the headers come with every response); else None."""
    if not is_preflight(request):
        return None
    return HTTPResponse(status=204 if permission(request, allowed) else 403)
