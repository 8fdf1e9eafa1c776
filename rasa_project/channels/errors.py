"""The errors a caller of the web API can get: a status, a code for programs, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ApiError(Exception):
    """Raised anywhere below a route; answered as ``{"error": code, "message": message, **more}``."""

    status: int
    code: str
    message: str
    headers: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {"error": self.code, "message": self.message, **self.more}


def bad_request(message: str, code: str = "bad_request") -> ApiError:
    return ApiError(400, code, message)


def unauthorised(code: str, message: str) -> ApiError:
    return ApiError(401, code, message, {"WWW-Authenticate": "Bearer"})


def too_many(seconds: float) -> ApiError:
    wait = max(1, int(seconds + 0.999))
    return ApiError(
        429, "rate_limited", f"Too many requests. Try again in {wait} s.", {"Retry-After": str(wait)}
    )


def gone() -> ApiError:
    return ApiError(
        410, "conversation_deleted", "This conversation does not exist any more. Start a new one."
    )


def unavailable(**more: Any) -> ApiError:
    return ApiError(
        503, "unavailable", "This cannot be answered right now. Try again.", {"Retry-After": "5"}, more
    )
