"""The settings of a web channel: credentials.yml, and over it the environment (``STEADY_WEB_<NAME>``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rasa_project.channels.origins import read_origins

#: Every other setting must be above zero.
MAY_BE_ZERO = ("proxies_count", "staff")


@dataclass(frozen=True)
class Settings:
    """Times are in seconds, rates per second. ``burst`` is how many may come at once."""

    session_hours: float = 72.0
    #: How long a link to the plan can be opened.
    link_hours: float = 72.0
    #: For so long after its token expired a conversation can still be continued with that token.
    grace_hours: float = 168.0
    #: A conversation that nobody used for so long is deleted.
    retention_days: float = 30.0
    #: 1: a client may open a conversation as hotline staff, whose messages are written to be read aloud.
    staff: int = 0
    turn_timeout: float = 20.0
    action_timeout: float = 5.0
    conversation_rate: float = 10.0
    conversation_burst: int = 100
    address_rate: float = 200.0
    address_burst: int = 1000
    session_rate: float = 20.0
    session_burst: int = 300
    max_turns: int = 1000
    #: How many proxies of ours stand in front; only then X-Forwarded-For is believed.
    proxies_count: int = 0
    #: The other sites that may carry the conversation (origins, separated by spaces or commas).
    allowed_origins: tuple[str, ...] = ()


def read_settings(
    credentials: Mapping[str, Any] | None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Settings from ``credentials``, each overridden by ``STEADY_WEB_<NAME>``. ValueError names a bad one."""
    environment = os.environ if environment is None else environment
    given = dict(credentials or {})
    defaults = Settings()
    known = {f.name: getattr(defaults, f.name) for f in fields(Settings)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"credentials.yml: no such setting: {', '.join(unknown)}. Known: {', '.join(known)}")
    if environment.get("STEADY_SESSION_HOURS"):
        given["session_hours"] = environment["STEADY_SESSION_HOURS"]
    for name in known:
        if value := environment.get(f"STEADY_WEB_{name.upper()}"):
            given[name] = value
    changes: dict[str, Any] = {}
    for name, value in given.items():
        if name == "allowed_origins":
            changes[name] = read_origins(value if isinstance(value, str) else " ".join(value))
            continue
        kind = type(known[name])
        try:
            number = kind(value)
        except (TypeError, ValueError):
            raise ValueError(f"setting {name}: {value!r} is not a number") from None
        if not 0 <= number < 1e9 or (number == 0 and name not in MAY_BE_ZERO):
            raise ValueError(f"setting {name}: {value!r} must be a number above zero")
        changes[name] = number
    return replace(defaults, **changes)
