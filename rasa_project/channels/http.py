"""What every response of the server has, ours or not: JSON errors, security headers, limits, no banner."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from rasa_project.channels import incoming, origins, slow_senders
from rasa_project.channels.errors import ApiError
from rasa_project.channels.settings import Settings

logger = logging.getLogger(__name__)

#: 5,000 characters fit in however they are escaped, so that who pastes them is told about the text.
LARGEST_BODY = 64 * 1024
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: The method of a request that could not be read.
UNREAD = "NONE"
#: What Sanic raises by itself: status -> (code, message).
PLAIN_ERRORS = {
    400: ("bad_request", "This is not a valid request."),
    404: ("not_found", "There is nothing here."),
    405: ("method_not_allowed", "This address does not answer that method."),
    408: ("timeout", "The request took too long to arrive."),
    413: ("too_large", f"A request may have at most {LARGEST_BODY} bytes."),
    503: ("unavailable", "This cannot be answered right now. Try again."),
}


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    """A JSON response in UTF-8 that no cache keeps."""
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return HTTPResponse(
        data, status, {"Cache-Control": "no-store", **(headers or {})}, content_type="application/json"
    )


def read_body(request: Request) -> dict[str, Any]:
    """The JSON object a client sent. ApiError 415 unsupported_type, 400."""
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if request.body and kind != "application/json":
        # Also what keeps other sites' forms out: they cannot send this type.
        raise ApiError(415, "unsupported_type", "Send the body as application/json.")
    return incoming.read_object(request.body)


def install(app: Sanic, settings: Settings, start_page: str) -> None:
    """Set the whole app up: limits, error answers, headers, and a redirect from Rasa's own "/"."""
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    slow_senders.limit(app.config, settings.turn_timeout + 15)
    app.config.PROXIES_COUNT = settings.proxies_count or None
    app.error_handler.add(Exception, answer_error)

    async def to_start(request: Request) -> HTTPResponse | None:
        # Rasa owns "/" and tells its version there.
        if not request.path.strip("/"):
            return HTTPResponse(status=302, headers={"Location": start_page})
        return None

    app.register_middleware(to_start, "request")
    allowed = frozenset(settings.allowed_origins)

    async def may_they(request: Request) -> HTTPResponse | None:
        return origins.answer_preflight(request, allowed)

    app.register_middleware(may_they, "request")

    async def secure(request: Request, response: BaseHTTPResponse) -> None:
        finish(response, origins.permission(request, allowed))

    async def have_the_last_word(server: Sanic, _loop: Any = None) -> None:
        # Rasa puts its cross-origin headers on in a middleware that it adds at start; they must go again.
        server.response_middleware.append(secure)

    app.register_listener(have_the_last_word, "before_server_start")


def answer_error(request: Request, error: Exception) -> HTTPResponse:
    """Any exception as the API's JSON; unexpected ones go to the log, without the request's content."""
    if isinstance(error, ApiError):
        return finish(json_response(error.body(), error.status, error.headers))
    status = error.status_code if isinstance(error, SanicException) and error.status_code else 500
    if status == 500 and request is not None and request.method == UNREAD:
        status = 400  # Sanic tripped over it, before there was a request: a length of letters, for example
    code, message = PLAIN_ERRORS.get(status, ("error", "This request cannot be answered."))
    if status == 500:
        code, message = "internal", "Something went wrong here."
        # The route, not the path: a path is what somebody sent.
        route = request.route.path if request is not None and request.route else "a request"
        logger.error("%s failed", route, exc_info=error)
    allow = getattr(error, "headers", {}).get("Allow") if status == 405 else None
    return finish(
        json_response({"error": code, "message": message}, status, {"Allow": allow} if allow else None)
    )


def finish(response: Any, permission: Mapping[str, str] | None = None) -> Any:
    """The security headers on ``response``, and no cross-origin permission but ours."""
    if response is not None:
        for name in [n for n in response.headers if n.lower().startswith("access-control-")]:
            del response.headers[name]
        if permission:
            response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "Origin"]))
            response.headers.update(permission)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def client_address(request: Request) -> str:
    """The address of the client; behind our own proxies the one they saw."""
    return request.remote_addr or request.ip or ""
