"""The settings of a web channel: credentials.yml, and over it the environment (``STEADY_WEB_<NAME>``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rasa_project.channels.origins import read_origins
from rasa_project.channels.setting_values import given, number

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
    defaults = Settings()
    known = {f.name: getattr(defaults, f.name) for f in fields(Settings)}
    # The short name, which the channel's own goes before.
    short = {"session_hours": environment.get("STEADY_SESSION_HOURS")}
    chosen = {n: v for n, v in short.items() if v} | given({}, environment, "STEADY_WEB_", known)
    changes: dict[str, Any] = {}
    for name, value in (given(credentials, {}, "", known) | chosen).items():
        if name == "allowed_origins":
            changes[name] = read_origins(value if isinstance(value, str) else " ".join(value))
        else:
            changes[name] = number(name, value, known[name], MAY_BE_ZERO, below=1e9)
    return replace(defaults, **changes)
